"""The Python client of a carbon-api service: plans in, estimates out, over HTTP with patience.

`client` is what to use, `errors` what it may raise, `connection` how it asks again and when it stops, `wire` how a
try is cut off.
"""

from carbon_api.client.answers import Answer
from carbon_api.client.client import CarbonClient
from carbon_api.client.errors import (
    Conflict,
    KeyRefused,
    NoAnswer,
    NotFound,
    PlanRefused,
    Refused,
    ServiceError,
    ServiceFailed,
    StillAnswering,
    TooManyRequests,
    TryLater,
    Unavailable,
    UnexpectedAnswer,
)

__all__ = [
    "Answer",
    "CarbonClient",
    "Conflict",
    "KeyRefused",
    "NoAnswer",
    "NotFound",
    "PlanRefused",
    "Refused",
    "ServiceError",
    "ServiceFailed",
    "StillAnswering",
    "TooManyRequests",
    "TryLater",
    "Unavailable",
    "UnexpectedAnswer",
]
