"""What the tests of cases share."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from carbon_api.settings import Settings
from carbon_api.store.schema import upgrade
from carbon_api.web.app import create_app
from carbon_api.web.service import EXTENSION


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of the whole application, over a database of its own."""
    settings = Settings(database_url=f"sqlite:///{tmp_path_factory.mktemp('cases') / 'carbon.db'}")
    upgrade(settings.database_url)
    app = create_app(settings)
    with app.test_client() as client:
        yield client
    app.extensions[EXTENSION].database.engine.dispose()
