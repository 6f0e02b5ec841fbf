"""/problems/{code}: what the `type` of an error leads to."""

from collections.abc import Mapping

from flask import Response

from carbon_api.errors import (
    BodyTooLarge,
    CarbonError,
    NotFound,
    Outdated,
    PackageMissing,
    PlanInvalid,
    PlanUnreadable,
    QueryInvalid,
    Unavailable,
    UnsupportedMedia,
)
from carbon_api.web.answers import encode, respond
from carbon_api.web.contract import Routes
from carbon_api.web.path_arguments import path_argument
from carbon_api.web.problems import (
    AddressTooLong,
    ConditionFailed,
    ExpectationFailed,
    HeadersTooLarge,
    Internal,
    KeyNeeded,
    MalformedRequest,
    NameHeld,
    NameReused,
    NameSpent,
    ScopeMissing,
    TooManyRequests,
    TooSlow,
    UnknownCoding,
    WrongMethod,
)
from carbon_api.web.schemas.problem import ProblemType

routes = Routes("problems", __name__, description="Every class of error, explained.")

EXPLANATIONS: Mapping[type[CarbonError], str] = {
    PlanUnreadable: "The body is not JSON or YAML that can be read safely. Mend its syntax at the line named; "
    "duplicate keys, NaN, infinities and numbers beyond a double are not read.",
    PlanInvalid: "The body was read but is not a plan that can be priced. Each error points into the plan and says "
    "what would do; mend them all and send it again.",
    BodyTooLarge: "The body has more bytes or more lines than the service takes. Split the plan: estimates add up.",
    UnsupportedMedia: "Send the plan as application/json or application/yaml, in UTF-8, not compressed.",
    QueryInvalid: "A query argument is unknown, repeated or malformed. Each error names it and says what would do.",
    KeyNeeded: "Send `Authorization: Bearer <key>`, with a key that was neither revoked nor let expire. Whoever runs "
    "the service makes one with `carbon-api keys create`.",
    ScopeMissing: "The key is good, but lacks the scope that this needs: `read` to ask, `write` to keep and to delete, "
    "`admin` for figures of the service itself. Ask for a key that has it.",
    TooManyRequests: "Each key may send so many requests in a window of time, and have so much computed (lines times "
    "draws). Send the request again after the seconds that Retry-After gives. RateLimit-Limit says how much there is "
    "in a window, RateLimit-Remaining what is left of it, RateLimit-Reset in how many seconds it is all there again. "
    "Without a good key, requests are counted for the address that they come from.",
    ConditionFailed: "The ETag in If-Match is not that of the estimate as it is read now: a warning may have come to "
    "it since. Read it again, and send the ETag that comes with it; a weak one (W/) never matches.",
    NameReused: "An Idempotency-Key stands for one request, for 24 hours. Send the very request that it was first sent "
    "with, or another key.",
    NameHeld: "The first request with this Idempotency-Key is still being answered: send it again after the seconds "
    "that Retry-After gives.",
    NameSpent: "The estimate that was kept with this Idempotency-Key was deleted since. A late copy of the request "
    "does not bring it back; to make it anew, send another key.",
    NotFound: "Nothing has this name: check the path, or list what there is.",
    Outdated: "What was answered stands and is kept; this version reckons otherwise and cannot show how it was made. "
    "The changelog says what changed; post the plan again for an estimate of today.",
    Unavailable: "Something the service needs is away, usually its database. Nothing was acknowledged; send the "
    "request again after the seconds that Retry-After gives.",
    PackageMissing: "This server lacks a package that prices a line of the plan, or has another version of it than the "
    "factor release names. Its operator can install it, as the detail says; the plan itself is sound.",
    MalformedRequest: "The request breaks the rules of HTTP. Check its headers and its length.",
    AddressTooLong: "The first line of the request is longer than is read. Send a plan in the body, and a query that "
    "is shorter.",
    HeadersTooLarge: "The headers are more, or longer, than are read. Leave out those that the service does not need.",
    ExpectationFailed: "Leave out the Expect header, or send 100-continue.",
    UnknownCoding: "Send the body as it is, with Content-Length, or in chunks (Transfer-Encoding: chunked).",
    TooSlow: "The body stopped for longer than the service waits, or was too slow as a whole. Send it again; send a "
    "smaller plan over a slow line.",
    WrongMethod: "The route exists but not for this method. The Allow header lists those that do.",
    Internal: "The service failed through no fault of the request. Report the request id.",
}
BY_CODE = {error.code: error for error in EXPLANATIONS}
CODE = path_argument("code", "The class, as the `type` of an error ends.", "plan-invalid")


@routes.route("/problems/<code>", scope=None, parameters=[CODE])
@routes.finds(ProblemType, "The explanation", NotFound)
def explain(code: str) -> Response:
    """Read what a class of error means.

    And how to mend it. Every error is sent as `application/problem+json`, and its `type` is the address of this.
    """
    if code not in BY_CODE:
        raise NotFound(f"There is no class of errors {code!r}; there are {', '.join(BY_CODE)}.")
    error = BY_CODE[code]
    return respond(encode({"code": code, "title": error.title, "status": error.status, "detail": EXPLANATIONS[error]}))
