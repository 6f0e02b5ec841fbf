"""The trips of a plan, one by one: of a line of kind travel, or inside an influencer's."""

from collections.abc import Callable
from typing import NamedTuple

from carbon_api.advice.changed import edited
from carbon_api.advice.lever import Edits, Proposal, Propose, Strength
from carbon_api.advice.levers.unpaid import unpaid
from carbon_api.advice.situation import Said, Situation, Words
from carbon_api.advice.text import Text
from carbon_api.factor_book.book import Release
from carbon_api.plan.model import Influencer, Shares, Travel, Trip

NO_TRIP = Text("The line contains no trip.", "La ligne ne contient aucun trajet.")


class Leg(NamedTuple):
    """A trip: what is written of it, what that means, and where it starts."""

    words: Words
    trip: Trip
    country: Shares


Found = list[tuple[Leg, Edits | Text]]


def each_trip(change: Callable[[Leg, Strength, Release], Edits | Text]) -> Propose:
    """The lever that changes each trip on its own, or says why it leaves one as it is."""

    def propose(situation: Situation, strength: Strength) -> Proposal:
        release = situation.basis.release
        lines = [said for said in situation.said if isinstance(said.line, Travel | Influencer)]
        found = {
            said.index: _of_line(said, [(leg, change(leg, strength, release)) for leg in legs(said)]) for said in lines
        }
        edits = {index: one for index, (one, _) in found.items() if one}
        stays = tuple((index, reason) for index, (_, several) in found.items() for reason in several)
        return Proposal(edits=edits, stays=stays)

    return propose


def legs(said: Said) -> tuple[Leg, ...]:
    """The trips of a line."""
    match said.line:
        case Travel() as line:
            return (Leg(said.words, line.trip, line.country),)
        case Influencer() as line:
            pairs = zip(said.words.get("travel", ()), line.travel, strict=True)
            return tuple(Leg(words, trip, trip.country or line.country) for words, trip in pairs)
    return ()


def _of_line(said: Said, found: Found) -> tuple[Edits, list[Text]]:
    """What the line says instead, if anything, and why trips of it stay as they are."""
    reasons = [one for _, one in found if isinstance(one, Text)]
    if len(reasons) == len(found):
        return {}, reasons or [NO_TRIP]
    return {**_written(said, found), **unpaid(said)}, reasons


def _written(said: Said, found: Found) -> Edits:
    if isinstance(said.line, Influencer):
        return {"travel": [leg.words if isinstance(one, Text) else edited(leg.words, one) for leg, one in found]}
    return {name: value for _, one in found if not isinstance(one, Text) for name, value in one.items()}
