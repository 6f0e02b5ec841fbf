"""A lever on some lines alone: each at the strength, or the price, that is its own."""

from collections.abc import Collection
from dataclasses import replace

from carbon_api.advice.lever import Proposal
from carbon_api.advice.situation import Situation
from carbon_api.advice.text import Text

LINES = "lines"  # the parameter of every lever: the ids of the lines that it may change
NO_OTHER = Text(
    "Of the lines asked for, it changes none.", "Parmi les lignes demandées, il n’en change aucune."
)


def within(situation: Situation, ids: Collection[str] | None, proposal: Proposal) -> Proposal:
    """The proposal on the lines of these ids alone; on every line where None."""
    if ids is None:
        return proposal
    asked = {said.index for said in situation.said if said.line.id in ids}
    edits = {index: one for index, one in proposal.edits.items() if index in asked}
    stays = tuple((index, text) for index, text in proposal.stays if index in asked)
    gone = proposal.gone & asked
    reasons = proposal.reasons if edits or gone or stays else (*proposal.reasons, NO_OTHER)
    return replace(proposal, edits=edits, gone=gone, stays=stays, reasons=reasons)
