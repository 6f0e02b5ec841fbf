"""Every error of the project, in one tree.

CarbonError                     something a caller can act on
├── InputError                  the caller's document is wrong                 exit 3
│   ├── PlanUnreadable          cannot be opened, or is not safe JSON or YAML  400
│   ├── PlanInvalid             readable, but not a plan we can price          422
│   ├── BodyTooLarge            more bytes or lines than we take               413
│   ├── UnsupportedMedia        neither JSON nor YAML                          415
│   ├── QueryInvalid            an unknown or malformed query argument         422
│   ├── TraceRefused            no trace, or one that does not hold            exit 3
│   └── TableRefused            a publisher's table is not as it was           exit 3
├── NotFound                    no such estimate, factor, method, release      404 · exit 2
├── Outdated                    made with arithmetic that has changed since    409 · exit 2
├── UsageError                  wrong command line or configuration            exit 2
│   └── FactorFileError         a file under factors/ breaks a rule            exit 2
└── Unavailable                 the database cannot be reached                 503 · exit 5
    ├── NotFetched              a publisher's table cannot be fetched          exit 5
    └── PackageMissing          the package that prices it is not installed    503 · exit 5
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault in an input: where (RFC 6901 pointer), what, and the values that would do."""

    pointer: str
    code: str
    detail: str
    valid_values: tuple[str, ...] = ()
    line: int | None = None


def step(key: str | int) -> str:
    """Return one step of an RFC 6901 pointer."""
    return "/" + str(key).replace("~", "~0").replace("/", "~1")


class CarbonError(Exception):
    """An error with a stable code, an HTTP status, an exit code and a title."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 2
    title: ClassVar[str] = "Unexpected error"

    def __init__(self, detail: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.findings = tuple(findings)


def notes(error: CarbonError) -> str:
    """What only whoever runs the service may know of an error, each on a line of its own: it never leaves by HTTP."""
    return "".join(f"\n  {note}" for note in getattr(error, "__notes__", ()))


class InputError(CarbonError):
    """The caller's document is wrong."""

    code, exit_code, title = "input", 3, "The input cannot be used"


class PlanUnreadable(InputError):
    """The document cannot be opened, is not JSON or YAML, or is unsafe to read."""

    code, status, title = "plan-unreadable", 400, "The plan cannot be read"


class PlanInvalid(InputError):
    """The document can be read but is not a plan that can be priced."""

    code, status, title = "plan-invalid", 422, "The plan is not valid"


class BodyTooLarge(InputError):
    """The document has more bytes or lines than the service takes."""

    code, status, title = "body-too-large", 413, "The plan is too large"


class UnsupportedMedia(InputError):
    """The document is neither JSON nor YAML."""

    code, status, title = "unsupported-media-type", 415, "Only JSON and YAML are read"


class QueryInvalid(InputError):
    """A query argument is unknown or malformed."""

    code, status, title = "query-invalid", 422, "The query is not valid"


class TraceRefused(InputError):
    """The document is no trace of an estimate, or what it prints is not what its formulas come to."""

    code, title = "trace-refused", "The trace is refused"


class TableRefused(InputError):
    """A publisher's table is not of the form that is known, or says what a person must look at first."""

    code, title = "table-refused", "The publisher's table is odd, and nothing is proposed"


class NotFound(CarbonError):
    """There is no such thing under this name."""

    code, status, title = "not-found", 404, "Not found"


class Outdated(CarbonError):
    """What was asked for was made with arithmetic that has changed since."""

    code, status, title = "outdated", 409, "The arithmetic has changed since"


class UsageError(CarbonError):
    """The command line or the configuration is wrong."""

    code, title = "usage", "Wrong usage or configuration"


class FactorFileError(UsageError):
    """A file of the factor book breaks a rule; the detail names the file and the key."""

    code, title = "factor-file", "A factor file is not valid"


class Unavailable(CarbonError):
    """Something the service needs cannot be reached just now."""

    code, status, exit_code, title = "unavailable", 503, 5, "Temporarily unavailable"


class NotFetched(Unavailable):
    """A publisher's table cannot be fetched, or not in a way that can be trusted."""

    code, status, title = "not-fetched", CarbonError.status, "The publisher's table cannot be fetched"


class PackageMissing(Unavailable):
    """The package that prices something is not installed, or not in the version that the factor release names."""

    code, title = "package-missing", "A package that prices this is not installed"
