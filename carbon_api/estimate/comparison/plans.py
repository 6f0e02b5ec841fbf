"""Two plans under one method and one release: what the second emits beside the first.

Both draw the same factors in the same draws, so a factor that both rest on cancels out of the ratio, which is far
firmer than either total. A caller's own doubts of one name (or of one `uncertainty_group`) move together too.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from carbon_api.errors import Finding
from carbon_api.estimate.answer import Outcome, answer
from carbon_api.estimate.figures import TAILS, figure
from carbon_api.estimate.lines import ALL_STAGES, left_out
from carbon_api.estimate.run import Basis, basis_of, outcome_of
from carbon_api.factor_book.book import Book
from carbon_api.methods.method import STAGES
from carbon_api.plan.findings import plan_invalid
from carbon_api.plan.model import Plan

Draws = NDArray[np.float64]
SAME = 1e-12  # relative: what the order of additions can move a total by, as where a line is split in two
SHOWN = ("total", "media_delivery", "production_and_data", "by_stage", "intensity", "coverage", "warnings")
KIND = (
    "parameter uncertainty inside one method; both plans draw the same factors, so what they share cancels out of the "
    "difference and of the ratio"
)
VERDICTS = {
    "emits-less": "The second plan emits less than the first: the whole range of the ratio, unrounded, is below 1.",
    "emits-more": "The second plan emits more than the first: the whole range of the ratio, unrounded, is above 1.",
    "alike": "The two plans emit the same in every draw.",
    "not-told-apart": "The range of the ratio holds 1: these estimates do not tell which plan emits less.",
    "no-range": "No range was asked for, so nothing is said of which plan emits less.",
    "nothing-to-divide-by": "The first plan emits nothing, so there is no ratio.",
    "not-comparable": "The method prices this of some lines and leaves it out of others, so nothing is said of which "
    "plan emits less: {stages}.",
}
SAID = {"emits-less", "emits-more", "alike", "not-told-apart"}
RESERVE = "It is said of what the method prices: it leaves {stages} out of every line."


class Pair(NamedTuple):
    """Two outcomes of one basis and one kind of draws."""

    first: Outcome
    second: Outcome

    def draws(self) -> tuple[Draws, Draws] | None:
        """The draws of both totals, where a range was asked for."""
        before, after = self.first.sample, self.second.sample
        return (before.total, after.total) if before and after else None


def compare_plans(first: Plan, second: Plan, book: Book) -> dict[str, Any]:
    """The second plan beside the first. Raises PlanInvalid where one cannot be priced or they do not compare."""
    basis = alike(first, second, book)
    return compare(Pair(outcome_of(first, basis), outcome_of(second, basis)))


def alike(first: Plan, second: Plan, book: Book) -> Basis:
    """The one basis of both plans. Raises PlanInvalid, at the second plan, where they have two, or other draws.

    What is compared would else be methods, releases or draws and not the plans.
    """
    bases = [basis_of(plan, book) for plan in (first, second)]
    one, other = first.uncertainty, second.uncertainty
    named = (
        ("method", bases[0].method.id, bases[1].method.id),
        ("factor_release", bases[0].release.id, bases[1].release.id),
        *((name, getattr(one, name), getattr(other, name)) for name in ("range", "draws", "seed")),
    )
    findings = [_not_alike(field, ours, theirs) for field, ours, theirs in named if ours != theirs]
    if findings:
        raise plan_invalid(findings, second.located)
    return bases[0]


def _not_alike(field: str, ours: object, theirs: object) -> Finding:
    here, there = (str(value).lower() if isinstance(value, bool) else str(value) for value in (theirs, ours))
    detail = f"{field}: {here} here, {there} in the first plan; give both alike"
    return Finding(f"/{field}", "not-alike", detail)


def compare(pair: Pair) -> dict[str, Any]:
    """The second outcome beside the first."""
    first, second, draws = pair.first, pair.second, pair.draws()
    wanted = first.plan.uncertainty
    return {
        "method": {"id": first.method.id, "revision": first.method.card.revision},
        "factor_release": {"id": first.release.id, "sha256": first.release.sha256},
        "uncertainty": {
            "range": wanted.range,
            **({"draws": wanted.draws, "seed": wanted.seed} if wanted.range else {}),
            "kind": KIND,
        },
        "plans": [_shown(outcome) for outcome in pair],
        "difference": figure(second.breakdown.total - first.breakdown.total, draws and draws[1] - draws[0]),
        "by_stage": [_of_stage(stage, pair) for stage in STAGES if _has(stage, pair)],
        "ratio": _ratio(pair),
        "probability_emits_less": float(np.mean(draws[1] < draws[0] * (1 - SAME))) if draws else None,
        "verdict": _verdict(pair),
    }


def _shown(outcome: Outcome) -> dict[str, Any]:
    """What the comparison repeats of each plan's own estimate."""
    whole = answer(outcome, {})
    return {"name": outcome.plan.name, **{name: whole[name] for name in SHOWN}}


def _has(stage: str, pair: Pair) -> bool:
    return any(stage == known for outcome in pair for known, _ in outcome.breakdown.stages)


def _of_stage(stage: str, pair: Pair) -> dict[str, Any]:
    """What a stage has in the difference."""
    before, after = (outcome.breakdown.of_stages((stage,)) for outcome in pair)
    drawn = [outcome.sample.of_stages((stage,)) for outcome in pair if outcome.sample]
    return {"stage": stage, "difference": figure(after - before, drawn[1] - drawn[0] if drawn else None)}


def _ratio(pair: Pair) -> dict[str, Any] | None:
    """The second total over the first; None over nothing."""
    before, after, draws = pair.first.breakdown.total, pair.second.breakdown.total, pair.draws()
    return figure(after / before, draws and draws[1] / draws[0], "1") if before else None


def _verdict(pair: Pair) -> dict[str, Any]:
    """Which plan emits less, in words, only where the whole range says so and nothing is left out of some lines alone.

    What the method leaves out of every line is a reserve on what is said.
    """
    gaps = {stage for outcome in pair for stage in _gaps(outcome)}
    priced = {ALL_STAGES, *(stage.stage for stage in pair.first.method.card.stages)}
    uneven, never = sorted(gaps & priced), sorted(gaps - priced)
    code = "not-comparable" if uneven else _told(pair.draws())
    reserve = [RESERVE.format(stages=", ".join(never))] if never and code in SAID else []
    detail = " ".join([VERDICTS[code].format(stages=", ".join(uneven)), *reserve])
    return {"code": code, "detail": detail, "left_out": never}


def _told(draws: tuple[Draws, Draws] | None) -> str:
    """What the draws themselves say, not their printed ends: near 1, six digits hide a difference that is sure."""
    if draws is None:
        return "no-range"
    before, after = draws
    if np.allclose(after, before, rtol=SAME, atol=0):
        return "alike"
    if not before.any():
        return "nothing-to-divide-by"
    low, high = np.quantile(after / before, TAILS)
    if high < 1 - SAME:
        return "emits-less"
    return "emits-more" if low > 1 + SAME else "not-told-apart"


def _gaps(outcome: Outcome) -> set[str]:
    """The stages that the method leaves out of a line that has them: all of them for a line outside its boundary."""
    return {
        entry["stage"]
        for index, (line, delivered) in enumerate(zip(outcome.plan.lines, outcome.breakdown.delivered, strict=True))
        for entry in left_out(line, outcome.method, delivered, outcome.inventory.outside.get(index))
    }
