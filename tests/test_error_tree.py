"""Each error has a name of its own, for programs and for people."""

from collections.abc import Iterator

from carbon_api.errors import CarbonError
from carbon_api.web import problems


def below(error: type[CarbonError]) -> Iterator[type[CarbonError]]:
    """Every class of the tree under one."""
    for child in error.__subclasses__():
        yield child
        yield from below(child)


def test_every_error_has_a_code_and_a_title_of_its_own() -> None:
    assert issubclass(problems.MalformedRequest, CarbonError)  # those of HTTP belong to the tree
    errors = [CarbonError, *below(CarbonError)]
    for name in ("code", "title"):
        assert [error.__name__ for error in errors if name not in vars(error)] == []
        assert len({getattr(error, name) for error in errors}) == len(errors)
