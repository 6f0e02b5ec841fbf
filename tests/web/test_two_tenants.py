"""What one workspace does, another cannot tell: its answers are those of a service in which nobody else did anything.

Both are driven through every operation of `openapi.yaml`, in any order, with what the other was told in hand: its ids,
its cursors, its ETags, its names of requests.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from operations import OPERATIONS, Operation
from postgresql_server import Server
from sqlalchemy import delete
from tenants import NEVER, Both, Tenant, same

from carbon_api.settings import Rate, Settings
from carbon_api.store.engine import Database
from carbon_api.store.keys import create_key
from carbon_api.store.schema import upgrade
from carbon_api.store.tables import claims, estimates
from carbon_api.web.app import create_app
from carbon_api.web.limits import share_limits
from carbon_api.web.service import EXTENSION

NO_END = 10**9
REQUESTS, COMPUTING = Rate(1_000, NO_END), Rate(400_000, NO_END)  # of the second, a long walk finds the end
OF_THE_SERVICE = {"get_metrics"}  # figures of the whole service, which no key of a workspace alone is for
BY_NAME = {one.name: one for one in OPERATIONS}
OF_ESTIMATES = [one for one in OPERATIONS if one.is_of_estimates]
LONG = settings(max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))


class Three:
    """A service for both tenants, and one for each alone."""

    def __init__(self, urls: list[str]) -> None:
        self.apps: list[Flask] = []
        for url in urls:
            upgrade(url)
            wanted = Settings(database_url=url, rate_limit=REQUESTS, compute_limit=COMPUTING)
            self.apps.append(create_app(wanted))
        databases = [self.database(app) for app in self.apps]
        self.keys = [
            Both(*(create_key(one, name, "test", ("read", "write")).text for one in (databases[0], databases[side])))
            for side, name in ((1, "acme"), (2, "other"))
        ]

    def database(self, app: Flask) -> Database:
        """Where an application keeps its estimates."""
        found: Database = app.extensions[EXTENSION].database
        return found

    def anew(self) -> tuple[Tenant, Tenant]:
        """The tenants, where nothing was kept or asked yet."""
        for app in self.apps:
            share_limits(app, 1)
            with self.database(app).writing() as connection:
                for table in (claims, estimates):
                    connection.execute(delete(table))
        shared, *alone = (app.test_client() for app in self.apps)
        first, second = (Tenant((shared, own), keys) for own, keys in zip(alone, self.keys, strict=True))
        return first, second


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def three(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Three]:
    folder: Path = tmp_path_factory.mktemp("tenants")
    urls = [f"sqlite:///{folder / str(number)}.db" for number in range(3)]
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("postgresql")
        urls = [server.by_socket(server.new_database()) for _ in urls]
    found = Three(urls)
    yield found
    for app in found.apps:
        found.database(app).engine.dispose()


def first(options: Any) -> Any:
    """The plainest of what may be chosen."""
    return options[0]


@pytest.mark.parametrize("operation", OPERATIONS, ids=[one.name for one in OPERATIONS])
def test_every_operation_is_driven_to_its_answer(three: Three, operation: Operation) -> None:
    """One that is new is driven by what its description says, or fails here until `tenants` knows how."""
    ours, theirs = three.anew()
    for tenant, other in ((ours, theirs), (theirs, ours)):
        tenant.ask(BY_NAME["create_estimate"], other, first)
    for tenant, other in ((ours, theirs), (theirs, ours)):
        shared, _ = tenant.ask(operation, other, first)
        assert shared.status_code == 403 if operation.name in OF_THE_SERVICE else shared.status_code < 300
        read, _ = tenant.ask(BY_NAME["list_estimates"], other, first)
        assert read.status_code == 200


def test_no_tenant_can_tell_what_another_does(three: Three) -> None:
    class Walk(RuleBasedStateMachine):
        """Steps of both, in any order."""

        def __init__(self) -> None:
            super().__init__()
            self.tenants = three.anew()

        @rule(turn=st.integers(0, 1), operation=st.sampled_from(OPERATIONS), data=st.data())
        def ask(self, turn: int, operation: Operation, data: st.DataObject) -> None:
            self.step(turn, operation, data)

        @rule(turn=st.integers(0, 1), operation=st.sampled_from(OF_ESTIMATES), data=st.data())
        def ask_of_estimates(self, turn: int, operation: Operation, data: st.DataObject) -> None:
            self.step(turn, operation, data)

        @rule(turn=st.integers(0, 1), data=st.data())
        def keep(self, turn: int, data: st.DataObject) -> None:
            self.step(turn, BY_NAME["create_estimate"], data)

        def step(self, turn: int, operation: Operation, data: st.DataObject) -> None:
            self.tenants[turn].ask(operation, self.tenants[1 - turn], lambda some: data.draw(st.sampled_from(some)))

        def teardown(self) -> None:
            for turn in (0, 1):
                look_at_all(self.tenants[turn], self.tenants[1 - turn])

    run_state_machine_as_test(Walk, settings=LONG)  # type: ignore[no-untyped-call]  # the library's gap


def look_at_all(tenant: Tenant, other: Tenant) -> None:
    """Read the list, and each estimate that either ever made."""
    tenant.ask(BY_NAME["list_estimates"], other, first)
    for number in range(len(tenant.made) + len(other.made)):
        tenant.ask(BY_NAME["get_estimate"], other, lambda some, at=number: some[at if some[-1] == same(NEVER) else 0])
