"""Levers that change each line of some kinds on its own, knowing where the whole plan stands."""

from collections.abc import Callable
from typing import TypeVar

from carbon_api.advice.lever import Edits, Proposal, Propose, Strength, proposed
from carbon_api.advice.situation import Said, Situation
from carbon_api.advice.text import Text
from carbon_api.plan.model import Line

L = TypeVar("L", bound=Line)


def by_line(kinds: tuple[type[L], ...], change: Callable[[Situation, Said, L, Strength], Edits | Text]) -> Propose:
    """The lever that changes each line of exactly these kinds, or says why it leaves one as it is."""

    def propose(situation: Situation, strength: Strength) -> Proposal:
        lines = ((said, said.line) for said in situation.said if type(said.line) in kinds)
        return proposed(
            {said.index: change(situation, said, line, strength) for said, line in lines if isinstance(line, kinds)}
        )

    return propose
