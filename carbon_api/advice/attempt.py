"""One lever tried on a plan: what it saves, or why it does not apply."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from carbon_api.advice.boundary import crossed, left_out_of
from carbon_api.advice.lever import Lever, Parameter, Proposal
from carbon_api.advice.objective import serving
from carbon_api.advice.reason import Reason, reasons_of, whole
from carbon_api.advice.saving import Saving, save
from carbon_api.advice.scope import LINES, within
from carbon_api.advice.situation import NotAPlan, Situation
from carbon_api.advice.text import Text
from carbon_api.errors import PlanInvalid
from carbon_api.estimate.lines import ALL_STAGES
from carbon_api.wording import names

Written = Mapping[str, Any]  # parameters of a lever, as a caller writes them
NO_LINE = Text("No line of the plan is of kind {kinds}.", "Aucune ligne du plan n’est de type {kinds}.")
NOTHING_LEFT = Text("It would leave no line at all.", "Il ne resterait aucune ligne.")
UNPRICED = Text(
    "The method cannot price the changed plan: {detail}", "La méthode ne sait pas chiffrer le plan modifié : {detail}"
)
CROSSED = Text(
    "The method prices {stages} of some lines and leaves it out of others: the change would move a line over that "
    "boundary, and nothing can be said of its saving.",
    "La méthode chiffre {stages} pour certaines lignes et pas pour d’autres : le changement ferait passer une ligne de "
    "l’une à l’autre, et rien ne peut être dit de ce qu’il réduit.",
)
NO_PLAN = Text(
    "At the strength given, the line would say what no plan may say: {detail}",
    "À la force donnée, la ligne dirait ce qu’aucun plan ne peut dire : {detail}",
)
NO_EFFECT = Text(
    "This change alters nothing of what the method counts.",
    "Ce changement ne modifie rien de ce que la méthode compte.",
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A lever at some strength on a plan. `saving` is None where it does not apply, as `reasons` say."""

    lever: Lever
    written: Written
    saving: Saving | None
    reasons: tuple[Reason, ...]


def attempt(situation: Situation, lever: Lever, written: Written, *, ranged: bool = True) -> Attempt:
    """The lever tried on the plan, at the strength that was written or its own."""
    strength = {one.name: value_of(one, written) for one in lever.parameters}
    proposal = within(situation, written.get(LINES), serving(situation, lever, lever.propose(situation, strength)))
    reasons = reasons_of(situation, proposal)
    if not proposal.touched or len(proposal.gone) == len(situation.said):
        return Attempt(lever, written, None, reasons + whole(_why_not(lever, proposal)))
    try:
        saving = save(situation, proposal, ranged=ranged)
    except NotAPlan as fault:
        if not written:  # at its own strength, the lever is wrong
            raise
        return Attempt(lever, written, None, (*reasons, Reason(NO_PLAN.filled(detail=str(fault)))))
    except PlanInvalid as fault:
        return Attempt(lever, written, None, (*reasons, Reason(UNPRICED.filled(detail=fault.detail))))
    in_vain = whole(_in_vain(saving))
    return Attempt(lever, written, None if in_vain else saving, reasons + in_vain)


def value_of(parameter: Parameter, written: Written) -> Any:
    """The value of a parameter in the stored unit of its field; None where nobody gave one and it has no default."""
    value = written.get(parameter.name, parameter.default)
    return None if value is None else parameter.field.read(value)


def _why_not(lever: Lever, proposal: Proposal) -> Iterator[Text]:
    """Why a proposal that leaves no line, or the plan as it is, is none."""
    if proposal.gone:
        yield NOTHING_LEFT
    elif not proposal.stays and not proposal.reasons:
        yield NO_LINE.filled(kinds=names.kinds(lever.kinds))


def _in_vain(saving: Saving) -> Iterator[Text]:
    """Why a change says nothing: it crosses a boundary of the method, or moves no figure."""
    before, after = (
        left_out_of(side.plan, side.outcome.breakdown, side.outcome.outside, side.outcome.method, places)
        for side, places in ((saving.before, saving.places), (saving.after, saving.places_after))
    )
    stages = crossed(before, after)
    if stages:
        yield CROSSED.filled(stages=names.stages([ALL_STAGES] if ALL_STAGES in stages else sorted(stages)))
    elif not saving.central:
        yield NO_EFFECT
