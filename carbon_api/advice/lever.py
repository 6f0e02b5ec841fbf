"""What a lever is: a small function from a plan to what it would say instead, and what a reader must know of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeVar

from carbon_api.advice.situation import Said, Situation
from carbon_api.advice.text import Text
from carbon_api.plan.fields import PlanField
from carbon_api.plan.model import Line

Who = Literal["agency", "client", "platform"]
Effort = Literal["low", "medium", "high"]
Holds = Literal["contacts", "viewable_impressions", "people_reached", "impressions", "views", "content", "nothing"]
WHO: tuple[Who, ...] = ("agency", "client", "platform")
L = TypeVar("L", bound=Line)
Strength = Mapping[str, Any]  # the value of each parameter, in the stored unit of its field; None where it has none
Edits = Mapping[str, Any]  # what a line says instead, by English name; None leaves the name out


class Criterion(NamedTuple):
    """The published criterion that a lever answers, and where it stands there."""

    source: str
    locator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A strength of a lever. `default` is as a caller would write it, None where each line has its own or there is
    none; `basis` says where it comes from; `ends` are values that are as likely, to show how much hangs on it."""

    name: str
    field: PlanField[Any]
    about: Text
    basis: Text
    default: Any = None
    ends: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a lever would change: edits by line, lines left out. `stays` tells why other lines stay as they are, by
    line, `reasons` why the plan does, and `notes` what must be known of this very change."""

    edits: Mapping[int, Edits]
    gone: frozenset[int] = frozenset()
    stays: tuple[tuple[int, Text], ...] = ()
    reasons: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()

    @property
    def touched(self) -> frozenset[int]:
        """The lines that change or go."""
        return self.gone | self.edits.keys()


Propose = Callable[[Situation, Strength], Proposal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """One lever. `kinds` and `placements` tell the lines that it may change (any placement, where none is named),
    `objectives` what they may be for (anything, where none is named), `holds` is what it leaves as it was, `caveats`
    what a reader must know whatever the plan. `moves` where all that it saves goes to other accounts, in whatever
    stage: a seat further back, a region where others' power stations run."""

    id: str
    title: Text
    explanation: Text
    kinds: tuple[str, ...]
    who: tuple[Who, ...]
    effort: Effort
    holds: Holds
    criteria: tuple[Criterion, ...]
    propose: Propose
    placements: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    moves: bool = False
    parameters: tuple[Parameter, ...] = ()
    caveats: tuple[Text, ...] = ()


def each(kind: type[L] | tuple[type[L], ...], change: Callable[[Said, L, Strength], Edits | Text]) -> Propose:
    """The lever that changes each line of a kind, or of several, on its own, or says why it leaves one as it is."""

    def propose(situation: Situation, strength: Strength) -> Proposal:
        lines = ((said, said.line) for said in situation.said)
        return proposed({said.index: change(said, line, strength) for said, line in lines if isinstance(line, kind)})

    return propose


def proposed(found: Mapping[int, Edits | Text]) -> Proposal:
    """The proposal of what each line says instead, or of why it stays as it is."""
    stays = tuple((index, one) for index, one in found.items() if isinstance(one, Text))
    edits = {index: one for index, one in found.items() if not isinstance(one, Text)}
    return Proposal(edits=edits, stays=stays)
