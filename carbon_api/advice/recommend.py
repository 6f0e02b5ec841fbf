"""What to change in a plan: every lever tried on it, ranked by what it saves among those that the caller can pull."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from carbon_api.advice.attempt import Attempt, Written, attempt
from carbon_api.advice.catalog import LEVERS
from carbon_api.advice.enough import enough
from carbon_api.advice.goal import Goal
from carbon_api.advice.lever import WHO, Who
from carbon_api.advice.reallocate import Wanted, reallocate
from carbon_api.advice.saving import Saving
from carbon_api.advice.shown import not_applicable, shown, texts
from carbon_api.advice.situation import Situation, situation_of
from carbon_api.advice.text import Text
from carbon_api.advice.together import together
from carbon_api.errors import BodyTooLarge
from carbon_api.estimate.answer import AUDIENCE, Outcome, by_audience, identity, line_audiences
from carbon_api.estimate.figures import figure
from carbon_api.estimate.run import basis_of
from carbon_api.factor_book.book import Book
from carbon_api.plan.model import Plan

MOST_ADVISED = 2000  # some 5 s of work; a service's answer may take 30 s on a busy machine
AS_LIKELY = 0.5  # of the draws: what saves in fewer is no saving
GOOD_HYGIENE = 0.01  # of the total: what saves less is grouped
DELIVERED = Text(
    "Some lines are delivered: nothing can be changed of them any more, and what is said of them is for another time.",
    "Des lignes sont déjà diffusées : rien ne peut plus y être changé, et ce qui en est dit vaut pour une autre fois.",
)
ACCOUNT = Text(
    "These estimates are attributional. Of a saving, the physical part is not emitted: travel, machines at work, data "
    "kept, bids, bytes. The rest moves to the account of what is seen instead: an ad that is not bought does not "
    "unmake a phone, nor switch a network off.",
    "Ces estimations sont attributionnelles. D’une réduction, la part physique n’est pas émise : voyages, machines au "
    "travail, données gardées, enchères, octets. Le reste passe au compte de ce qui est vu à la place : une publicité "
    "non achetée ne défait pas un téléphone et n’éteint pas un réseau.",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What advice is asked for: the plan, who can act, the strength of some levers, those to combine, in order; a
    ceiling to come under; impressions to move."""

    plan: Plan
    act_as: tuple[Who, ...] = WHO
    levers: Mapping[str, Written] = field(default_factory=dict)
    together: tuple[str, ...] = ()
    enough: Goal | None = None
    reallocate: Wanted | None = None


class Found(NamedTuple):
    """A lever that applies, and what it saves."""

    tried: Attempt
    saving: Saving


def recommend(asked: Asked, book: Book) -> dict[str, Any]:
    """The advice on a plan. Raises PlanInvalid when the method cannot price a line, BodyTooLarge when it has more lines
    than every lever can be tried on."""
    _refuse_long(asked.plan)
    situation = situation_of(asked.plan, basis_of(asked.plan, book))
    tried = [attempt(situation, lever, asked.levers.get(id, {})) for id, lever in LEVERS.items()]
    found = sorted((Found(one, one.saving) for one in tried if one.saving), key=lambda one: -one.saving.central)
    able = [one for one in found if set(one.tried.lever.who) & set(asked.act_as)]
    return {
        **_basis(situation),
        "act_as": list(asked.act_as),
        "recommendations": _shown(able, lambda one: _saves(one) and _share(one) >= GOOD_HYGIENE),
        "good_hygiene": _shown(able, lambda one: _saves(one) and _share(one) < GOOD_HYGIENE),
        "worse": _shown(able, lambda one: not _saves(one)),
        "others_can_act": _shown([one for one in found if one not in able], lambda _: True),
        "not_applicable": [not_applicable(one) for one in tried if one.saving is None],
        "together": together(situation, asked.together, asked.levers) if asked.together else None,
        "enough": _enough(situation, asked, able),
        "reallocate": reallocate(situation, asked.reallocate) if asked.reallocate else None,
        "notes": texts([DELIVERED] if any(line.volumes == "delivered" for line in asked.plan.lines) else []),
        "accounting": ACCOUNT._asdict(),
    }


def _refuse_long(plan: Plan) -> None:
    """A lever is tried on every line, and what it changes is priced by every method: the work has a bound."""
    lines = len(plan.lines)
    if lines > MOST_ADVISED:
        raise BodyTooLarge(
            f"The plan has {lines} lines; advice, which tries {len(LEVERS)} levers on each, takes {MOST_ADVISED} at "
            "most. Ask for it on a part of the plan: a platform, a country, or the lines that emit most."
        )


def _basis(situation: Situation) -> dict[str, Any]:
    """What the advice stands on: the plan's own estimate."""
    outcome = situation.outcome
    sample, wanted = outcome.sample, outcome.plan.uncertainty
    return {
        "name": outcome.plan.name,
        "currency": outcome.plan.currency,
        "method": identity(outcome),
        "factor_release": {"id": outcome.release.id, "sha256": outcome.release.sha256},
        "uncertainty": {"range": wanted.range, "draws": wanted.draws, "seed": wanted.seed},
        "total": figure(outcome.breakdown.total, sample.total if sample else None),
        "by_audience": by_audience(outcome),
        "by_audience_basis": AUDIENCE,
        "lines": _lines(outcome),
    }


def _lines(outcome: Outcome) -> list[dict[str, Any]]:
    """Whom the delivery of each line reaches, as its estimate says."""
    audiences = line_audiences(outcome)
    return [{"id": line.id, "by_audience": audiences.get(index)} for index, line in enumerate(outcome.plan.lines)]


def _shown(found: Sequence[Found], wanted: Callable[[Saving], bool]) -> list[dict[str, Any]]:
    """Those whose saving is wanted."""
    return [shown(*one) for one in found if wanted(one.saving)]


def _saves(saving: Saving) -> bool:
    """Whether the plan after emits less at central values, and in half of the draws at least."""
    return saving.central > 0 and (saving.probability is None or saving.probability >= AS_LIKELY)


def _enough(situation: Situation, asked: Asked, able: Sequence[Found]) -> dict[str, Any] | None:
    """The levers that are enough, among those that save and that the caller can pull."""
    ids = [one.tried.lever.id for one in able if _saves(one.saving)]
    return enough(situation, asked.enough, ids, asked.levers) if asked.enough else None


def _share(saving: Saving) -> float:
    total = saving.before.outcome.breakdown.total
    return saving.central / total if total else 0.0
