"""A real service for the client's tests."""

from collections.abc import Iterator

import pytest

from tests.real_server import serving


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service that never had a key."""
    with serving(tmp_path_factory.mktemp("data")) as address:
        yield address
