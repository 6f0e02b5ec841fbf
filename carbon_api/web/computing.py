"""What a request has computed: counted for its caller before anything is, and its reading before that.

The unit is a line in one draw. Advice tries every lever on a plan, most of them on few of its lines, which takes about
as long as ten estimates; a ceiling has many sets of levers tried as well. What cannot be read took its time too: so a
body costs by its bytes, which a plan that can be read costs by its lines anyway.
"""

from collections.abc import Mapping, Sequence

from flask import g

from carbon_api.advice.recommend import Asked
from carbon_api.errors import BodyTooLarge
from carbon_api.plan.compared import Comparison
from carbon_api.plan.model import Plan
from carbon_api.plan.reader import MediaType
from carbon_api.web.access import Caller
from carbon_api.web.service import service
from carbon_api.web.turns import refused

LEAST_DRAWS = 2_000  # as long as so many draws of a line takes what is done once: to read it and to price it
ADVICE, CEILING = 10, 30  # estimates
# Of a byte: the worst that is refused in the end takes as long to read as so many lines x draws.
READING: Mapping[MediaType, int] = {"json": 5, "yaml": 20}
RULE = (
    "lines x draws, of which fewer than 2,000 count as 2,000; times what is compared, 10 for advice, 30 with a "
    "ceiling; and no less than 5 for each byte that is read, 20 in YAML"
)


def charge_reading(data: bytes, media_type: MediaType) -> None:
    """Count what it takes to read a body for who asks; `charge` then counts what is beyond that. Raises as it does."""
    cost = len(data) * READING[media_type]
    _take(cost, cost)
    g.paid = cost


def charge(plans: Sequence[Plan], times: int = 1) -> None:
    """Count so many estimates of the plans for who asks. Raises TooManyRequests, or BodyTooLarge where they are more
    than a whole window has."""
    whole = times * sum(map(cost_of, plans))
    _take(whole, max(0, whole - g.pop("paid", 0)))


def _take(whole: int, rest: int) -> None:
    """Count the rest of what the request at hand costs as a whole."""
    limit = service().limits.computing
    if limit is None:
        return
    if whole > limit.most:
        raise BodyTooLarge(
            f"This costs {whole:,} ({RULE}), and {limit.most:,} in {limit.period} s is all that is computed here for "
            "one caller. Split the plan, since estimates add up, or ask for fewer draws."
        )
    caller: Caller = g.caller
    turn = limit.take(caller.bucket, rest)
    if not turn.granted:
        raise refused(turn, f"This costs {whole:,} ({RULE}), and {turn.left:,} of {turn.limit:,} is left.")


def cost_of(plan: Plan) -> int:
    """What one estimate of a plan costs."""
    wanted = plan.uncertainty
    return len(plan.lines) * max(LEAST_DRAWS, wanted.draws if wanted.range else 0)


def advice_on(asked: Asked) -> int:
    """How many estimates advice comes to."""
    return CEILING if asked.enough else ADVICE


def compared_in(asked: Comparison, methods: int) -> int:
    """How many estimates of each plan a comparison comes to, where there are so many methods."""
    if len(asked.plans) > 1:
        return 1
    return len(asked.factor_releases) or len(asked.methods) or methods
