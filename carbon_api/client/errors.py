"""Everything that the client raises once it has asked, in one tree: a class for each thing that a caller does about it.

ServiceError              asked, and not answered as hoped
├── Refused               sent again as it is, it is refused again; mend the request       other 4xx
│   ├── PlanRefused       no plan that can be priced; `errors` point into it               400 413 415 422
│   ├── KeyRefused        no key, one that opens nothing, or one that may not do this      401 403
│   ├── NotFound          there is no such thing                                           404
│   └── Conflict          it stands against what is kept: a key reused or spent, arithmetic that changed  409 410 422
├── TryLater              asked again until tries or patience ran out; it may do later
│   ├── TooManyRequests   this key asks too often                                          429
│   ├── Unavailable       the service, or what it needs, is away                           502 503 504
│   ├── StillAnswering    the first request with this Idempotency-Key is being answered    409
│   └── NoAnswer          no connection, one that broke, or no answer in time
├── ServiceFailed         a fault of the service: quote its request id                     500
└── UnexpectedAnswer      not what a carbon-api answers: a wrong address, a page of a proxy, a redirect, far too much,
                          a certificate that nobody trusts

A wrong argument is a ValueError or a TypeError, before anything is sent.
"""

from dataclasses import dataclass

from carbon_api.errors import Finding


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer says of itself; `type` and `title` are those of RFC 9457 where it is a problem of the service.

    `retry_after` is in seconds, None where it did not say.
    """

    detail: str
    title: str = ""
    type: str | None = None
    status: int | None = None
    request_id: str | None = None
    errors: tuple[Finding, ...] = ()
    retry_after: float | None = None


class ServiceError(Exception):
    """Asked, and not answered as hoped. What was told stands in `status` (None without an answer), `type`, `code`,
    `title`, `detail`, `errors` and `request_id`.

    `earlier` are the errors of the tries before the last one; `idempotency_key` is what a request that keeps was sent
    with: given to `estimate` with the same plan, nothing is kept twice.
    """

    def __init__(self, told: Told) -> None:
        super().__init__(told)
        self.status, self.type, self.title, self.detail = told.status, told.type, told.title, told.detail
        self.errors, self.request_id, self.retry_after = told.errors, told.request_id, told.retry_after
        self.earlier: tuple[ServiceError, ...] = ()
        self.idempotency_key: str | None = None

    @property
    def code(self) -> str | None:
        """The last word of the type, such as `plan-invalid`, for programs; None without one."""
        return self.type.rpartition("/")[2] if self.type else None

    def __str__(self) -> str:
        known = {"HTTP": self.status, "request": self.request_id, "tries": len(self.earlier) + 1}
        marks = ", ".join(f"{name} {value}" for name, value in known.items() if value not in {None, 1})
        head = f"{self.title}: {self.detail}" if self.title else self.detail
        faults = [f"  {error.pointer}: {error.detail}" for error in self.errors]
        return "\n".join([f"{head} ({marks})" if marks else head, *faults])


class Refused(ServiceError):
    """Sent again as it is, it is refused again: the request is to be mended."""


class PlanRefused(Refused):
    """The document is no plan that can be priced; `errors` point into it, with the values that would do."""


class KeyRefused(Refused):
    """No key was sent, one that opens nothing, or one that may not do this."""


class NotFound(Refused):
    """There is no such estimate, factor, method or release."""


class Conflict(Refused):
    """It stands against what is kept: an Idempotency-Key that stands for another request or for an estimate that was
    deleted, or an estimate whose arithmetic has changed since."""


class TryLater(ServiceError):
    """Asked again until tries or patience ran out; the same request may be answered later, after `retry_after` seconds
    where that was told."""


class TooManyRequests(TryLater):
    """This key asks too often."""


class Unavailable(TryLater):
    """The service is away, or something that it needs."""


class StillAnswering(TryLater):
    """The first request with this Idempotency-Key is being answered; a service that died over it takes it up again a
    minute later."""


class NoAnswer(TryLater):
    """There was no connection, it broke, or no answer came in time. What was asked may have been done."""


class ServiceFailed(ServiceError):
    """A fault of the service, not of the request."""


class UnexpectedAnswer(ServiceError):
    """The answer is not one of a carbon-api: a wrong address, a page of a proxy, a redirect, a text cut short or larger
    than `largest`; or what answers has no certificate that is trusted."""
