"""A frequency report of a platform: the shares of the people reached who see an ad once, twice and so on."""

from math import fsum

from carbon_api.plan.fields import Json, PlanField
from carbon_api.plan.findings import Faults, refused
from carbon_api.plan.quantities import share, share_schema

MOST_TIMES = 1000
TOLERANCE = 1e-6
Report = tuple[float, ...]


class FrequencyReport(PlanField[Report]):
    """Shares of the people reached, by how often they see it: once, twice and so on. They sum to 1."""

    def read(self, value: object) -> Report:
        if not isinstance(value, list) or not 0 < len(value) <= MOST_TIMES:
            detail = f"write 1 to {MOST_TIMES} shares of the people reached: those who see it once, twice and so on"
            raise refused("not-a-frequency-report", detail)
        faults = Faults()
        read = [faults.reading(index, share, item) for index, item in enumerate(value)]
        faults.stop()
        shares = tuple(one for one in read if one is not None)
        if abs(fsum(shares) - 1) > TOLERANCE:
            detail = f"the shares sum to {fsum(shares):.6g}; they must sum to 1, and are never scaled for you"
            raise refused("shares-do-not-sum", detail)
        return shares

    def json_schema(self) -> Json:
        return {"type": "array", "items": share_schema(), "minItems": 1, "maxItems": MOST_TIMES}


def reported(report: Report, cap: int = MOST_TIMES) -> float:
    """The average of min(times, cap) over the people of a report."""
    return fsum(one * min(times, cap) for times, one in enumerate(report, 1)) / fsum(report)
