"""Impressions moved between the plan's own ads: the least footprint at the same contacts and within the spend.

A line's footprint, contacts and spend are in proportion to its impressions, so this is a linear programme. A line keeps
its CPM. Contacts are traded inside a format and an objective alone, unless the caller allows more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any, NamedTuple

from carbon_api.advice.changed import changes
from carbon_api.advice.counts import contacts_of, price_of
from carbon_api.advice.lever import Proposal
from carbon_api.advice.levers.booking import moved
from carbon_api.advice.linear import Limit, least
from carbon_api.advice.reach import after, reach_of
from carbon_api.advice.saving import save, split
from carbon_api.advice.situation import Said, Situation
from carbon_api.advice.text import Text
from carbon_api.plan.model import Ad
from carbon_api.wording import number

UNMOVED = 1e-6  # of a line's impressions: what the solver's last digits move
SLACK = 1e-9  # what is there already always fits, whatever the last digits of its sums
FOUND = Text(
    "The least that these bounds allow, found by a linear programme (HiGHS). Each line keeps its CPM, its format and "
    "its share on target, which no one promises at another volume.",
    "Le minimum que permettent ces bornes, trouvé par un programme linéaire (HiGHS). Chaque ligne garde son CPM, son "
    "format et sa part sur cible, ce que personne ne promet à un autre volume.",
)
NOTHING = Text(
    "Nothing can be moved: no two ads that say their on_target_share may trade contacts.",
    "Rien ne peut être déplacé : il n’y a pas deux publicités disant leur part sur cible qui puissent échanger des "
    "contacts.",
)
TOO_FEW = Text(
    "Not possible: within these bounds and this spend the lines give at most {most} contacts, and {wanted} are asked "
    "for. Widen the bounds, raise the spend or ask for fewer.",
    "Impossible : dans ces bornes et avec cette dépense, les lignes donnent au plus {most} contacts, et il en est "
    "demandé {wanted}. Élargissez les bornes, augmentez la dépense ou demandez-en moins.",
)
TOO_DEAR = Text(
    "Not possible: at the least that these bounds allow, the lines cost {least}, and {wanted} are allowed. Widen the "
    "bounds or raise the spend.",
    "Impossible : au minimum que permettent ces bornes, les lignes coûtent {least}, et {wanted} sont autorisés. "
    "Élargissez les bornes ou augmentez la dépense.",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reallocation must hold: how far each line may move, the least contacts and the most spend (as they are,
    where None), and whether contacts may be traded across formats and objectives."""

    within: float = 0.3
    contacts: float | None = None
    spend: float | None = None
    across: bool = False


class Movable(NamedTuple):
    """An ad that may move: what it emits, the contacts and the money in it (None where it says no price), and whom it
    trades contacts with."""

    said: Said
    emits: float
    contacts: float
    spend: float | None
    group: tuple[str | None, str | None]


class Programme(NamedTuple):
    """The lines that may move, how far, the contacts of each group that trades among itself, and what must hold:
    the contacts in all and the most spend."""

    lines: Sequence[Movable]
    within: float
    groups: Sequence[Sequence[float]]
    contacts: float
    spend: float

    @property
    def bounds(self) -> list[tuple[float, float]]:
        """How far each line may move: one that says no price does not grow where others have one."""
        low, high = max(0.0, 1 - self.within), 1 + self.within
        return [(low, high if one.spend is not None or not self.priced else 1.0) for one in self.lines]

    @property
    def priced(self) -> bool:
        """Whether any line says what it costs."""
        return any(one.spend is not None for one in self.lines)

    @property
    def kept(self) -> float:
        """The share of its contacts that each group must keep."""
        held = fsum(map(fsum, self.groups))
        return self.contacts / held if held else 0.0

    @property
    def paying(self) -> Limit:
        """The spend is not passed."""
        return Limit([one.spend or 0.0 for one in self.lines], self.spend * (1 + SLACK))


def reallocate(situation: Situation, wanted: Wanted) -> dict[str, Any]:
    """The reallocation, re-estimated; or why there is none, in words."""
    asked = {"within": wanted.within, "contacts": wanted.contacts, "spend": wanted.spend, "across": wanted.across}
    programme = _programme(situation, wanted)
    factors = _factors(programme)
    if factors is None:
        return {"asked": asked, "found": False, "detail": _why_not(programme)._asdict(), **_NONE}
    edits = {
        one.said.index: moved(one.said, factor)
        for one, factor in zip(programme.lines, factors, strict=True)
        if abs(factor - 1) > UNMOVED
    }
    if not edits:
        return {"asked": asked, "found": False, "detail": NOTHING._asdict(), **_NONE}
    return {"asked": asked, "found": True, "detail": FOUND._asdict(), **_shown(situation, Proposal(edits=edits))}


_NONE: Mapping[str, Any] = dict.fromkeys(
    ("changes", "saving", "share_of_total", "probability_saves", "split", "before", "after")
)


def _shown(situation: Situation, proposal: Proposal) -> dict[str, Any]:
    saving = save(situation, proposal)
    return {
        "changes": changes(situation, proposal),
        **saving.shown(),
        "split": split(saving)._asdict(),
        "before": reach_of(situation.outcome),
        "after": after(situation.outcome, saving.after.outcome),
    }


def _programme(situation: Situation, wanted: Wanted) -> Programme:
    lines = [one for said in situation.said if (one := _movable(situation, said, wanted))]
    groups = [
        [one.contacts if one.group == group else 0.0 for one in lines]
        for group in dict.fromkeys(one.group for one in lines)
    ]
    contacts = fsum(one.contacts for one in lines) if wanted.contacts is None else wanted.contacts
    spend = fsum(one.spend or 0.0 for one in lines) if wanted.spend is None else wanted.spend
    return Programme(lines, wanted.within, groups, contacts, spend)


def _movable(situation: Situation, said: Said, wanted: Wanted) -> Movable | None:
    """An ad that is priced, is shown to somebody and says its share on target."""
    line, breakdown = said.line, situation.outcome.breakdown
    if not isinstance(line, Ad) or not line.on_target or not line.impressions.value:
        return None
    if not breakdown.priced_lines[said.index]:
        return None
    group = (None, None) if wanted.across else (line.format, line.objective)
    return Movable(said, breakdown.lines[said.index], contacts_of(line) or 0.0, price_of(line), group)


def _factors(programme: Programme) -> list[float] | None:
    if not programme.lines:
        return []
    keeping = [
        Limit([-contacts for contacts in group], -programme.kept * fsum(group) * (1 - SLACK))
        for group in programme.groups
    ]
    return least([one.emits for one in programme.lines], [*keeping, programme.paying], programme.bounds)


def _why_not(programme: Programme) -> Text:
    """Which of the wishes cannot be held: the spend, or the contacts that are possible within it."""
    kept = _most_kept(programme)
    if kept is None:
        lows = [low for low, _ in programme.bounds]
        cheapest = fsum((one.spend or 0.0) * low for one, low in zip(programme.lines, lows, strict=True))
        return _told(TOO_DEAR, least=cheapest, wanted=programme.spend)
    return _told(TOO_FEW, most=kept * fsum(map(fsum, programme.groups)), wanted=programme.contacts)


def _most_kept(programme: Programme) -> float | None:
    """The largest share of its contacts that every group can keep within the spend; None where nothing fits it."""
    keeping = [Limit([*(-contacts for contacts in group), fsum(group)], 0.0) for group in programme.groups]
    paying = programme.paying._replace(coefficients=[*programme.paying.coefficients, 0.0])
    costs = [0.0] * len(programme.lines) + [-1.0]
    found = least(costs, [*keeping, paying], [*programme.bounds, (0.0, 1 + programme.within)])
    return found[-1] if found else None


def _told(text: Text, **values: float) -> Text:
    """The sentence with its numbers, as each language writes them."""
    english, french = ({name: number(value, language) for name, value in values.items()} for language in ("en", "fr"))
    return Text(text.en.format(**english), text.fr.format(**french))
