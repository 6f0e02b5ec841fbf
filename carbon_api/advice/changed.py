"""A plan changed as a lever proposes, and each change as the plan's own words. A line that stays is not read again."""

from collections.abc import Iterator, Mapping
from typing import Any

from carbon_api.advice.lever import Edits, Proposal
from carbon_api.advice.situation import Situation, Words
from carbon_api.errors import step

Change = dict[str, Any]


def changed(situation: Situation, proposal: Proposal) -> Words:
    """The document of the plan after the proposal; it is read again as any plan is."""
    edits = proposal.edits
    lines = [
        edited(said.words, edits[said.index]) if said.index in edits else said.words
        for said in situation.said
        if said.index not in proposal.gone
    ]
    return {**situation.words, "lines": lines}


def kept(situation: Situation, proposal: Proposal) -> list[int | None]:
    """For each line of the plan after the proposal, where it stood if it stays as it was; None where it changes."""
    edits, gone = proposal.edits, proposal.gone
    return [None if place in edits else place for place in range(len(situation.said)) if place not in gone]


def changes(situation: Situation, proposal: Proposal) -> list[Change]:
    """Each value that changes: where it is, in English names, what it was and what it becomes; null is left out."""
    return [change for said in situation.said for change in _of_line(said.index, said.words, proposal)]


def _of_line(index: int, words: Words, proposal: Proposal) -> Iterator[Change]:
    pointer = f"/lines/{index}"
    if index in proposal.gone:
        yield {"pointer": pointer, "before": words["id"], "after": None}
        return
    for name, after in proposal.edits.get(index, {}).items():
        yield from _between(pointer + step(name), words.get(name), after)


def _between(pointer: str, before: Any, after: Any) -> Iterator[Change]:
    """What differs, as deep as both have the same parts."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys([*before, *after]):
            yield from _between(pointer + step(key), before.get(key), after.get(key))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for place, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _between(pointer + step(place), one, other)
    elif before != after:
        yield {"pointer": pointer, "before": before, "after": after}


def edited(words: Words, edits: Edits) -> Words:
    """What is said, with edits; None leaves a name out."""
    return {name: value for name, value in {**words, **edits}.items() if value is not None}
