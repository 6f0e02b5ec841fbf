"""The reference page as a reader has it: a real service, a real browser, and no other host."""

import json
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Locator, Page, expect

from tests.real_server import COMMAND, environment, serving
from tests.service.chromium import WITHIN, Seen, chromium, opened

expect.set_options(timeout=WITHIN)
pytestmark = pytest.mark.slow
CREATE, DELETE = "estimates-create_estimate", "estimates-delete_estimate"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a service, and the folder of its database."""
    data = tmp_path_factory.mktemp("service")
    with serving(data, CARBON_WORKERS="1") as address:
        yield address, data


@pytest.fixture
def address(service: tuple[str, Path]) -> str:
    return service[0]


def operation(page: Page, name: str) -> Locator:
    """An operation, with its form open."""
    found = page.locator(f"#operations-{name}")
    found.locator(".opblock-summary-control").click()
    found.get_by_role("button", name="Try it out").click()
    return found


def executed(found: Locator, status: int) -> str:
    """Send the form; the body that the page shows, once it shows an answer of this status."""
    found.get_by_role("button", name="Execute").click()
    live = found.locator(".live-responses-table .response")
    expect(live.locator(".response-col_status")).to_contain_text(str(status))
    body = live.locator("pre.microlight").first.inner_text() if status != 204 else ""
    found.get_by_role("button", name="Clear").click()
    expect(live).to_have_count(0)
    return body


def authorise(page: Page, key: str) -> None:
    """Enter a key."""
    page.locator(".auth-wrapper .authorize").click()
    field = page.get_by_label("auth-bearer-value")
    field.fill(key)
    assert field.evaluate("field => [field.autocomplete, field.spellcheck]") == ["off", False]
    form = page.locator(".auth-container")
    form.get_by_role("button", name="Authorize", exact=True).click()
    form.get_by_role("button", name="Close").click()


def made_key(address: str, data: Path) -> str:
    """The first key of the service, which from then on asks for one."""
    command = [*COMMAND, "keys", "create", "reader", "--scope", "read", "--scope", "write"]
    printed = subprocess.run(command, cwd=data, env=environment(data), check=True, capture_output=True, text=True)
    [key] = [word for word in printed.stdout.split() if word.startswith("carbon_")]
    deadline = time.monotonic() + 20
    while requests.get(f"{address}/v1/methods", timeout=10).status_code != 401:
        assert time.monotonic() < deadline
    return key


def test_every_operation_is_there_with_its_example(browser: Browser, address: str) -> None:
    described = requests.get(f"{address}/openapi.json", timeout=10).json()["paths"]
    names = [
        f"{operation['tags'][0]}-{operation['operationId']}"
        for path in described.values()
        for operation in path.values()
    ]
    with opened(browser, f"{address}/docs") as (page, seen):
        page.set_viewport_size({"width": 390, "height": 800})  # a telephone's
        expect(page.locator(".opblock")).to_have_count(len(names))
        for name in names:
            found = page.locator(f"#operations-{name}")
            assert found.locator(".opblock-summary-description").inner_text().endswith(".")
            found.locator(".opblock-summary-control").click()
            answer = found.locator(".responses-table .response[data-code^='2']").first
            if name != DELETE:
                assert len(answer.locator("pre.example").inner_text()) > len("{}")
            expect(found.locator(".opblock-description")).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") == 390
            found.locator(".opblock-summary-control").click()
        check(seen, address)


def test_a_plan_is_tried_without_a_key_then_with_one(browser: Browser, service: tuple[str, Path]) -> None:
    address, data = service
    with opened(browser, f"{address}/docs") as (page, seen):
        create = operation(page, CREATE)
        first = json.loads(executed(create, 201))
        key = made_key(address, data)
        refused = json.loads(executed(create, 401))
        assert refused["type"] == "/problems/key-needed"
        authorise(page, key)
        again = json.loads(executed(create, 201))
        assert again["total"] == first["total"] == {"unit": "kgCO2e", **again["total"]}
        create.get_by_label("Request content type").select_option("application/yaml")
        expect(create.locator("textarea")).to_have_value(re.compile("^name: First plan"))
        assert json.loads(executed(create, 201))["total"] == first["total"]
        create.locator("textarea").fill("name: Oops\nlines: [{id: a, kind: ad, platform: instagramm}]\n")
        refused = json.loads(executed(create, 422))
        assert "unknown-platform" in {fault["code"] for fault in refused["errors"]}
        delete = operation(page, DELETE)
        delete.get_by_placeholder("id").fill(again["id"])
        executed(delete, 204)
        kept = requests.get(address + again["links"]["self"], headers={"Authorization": f"Bearer {key}"}, timeout=10)
        assert kept.status_code == 404
        assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
        check(seen, address)


def check(seen: Seen, address: str) -> None:
    """The page had no error, and everything that it asked for came from the service or from itself."""
    assert seen.errors == []
    assert [url for url in seen.asked if not url.startswith((f"{address}/", "data:"))] == []
    assert f"{address}/docs/swagger-ui-bundle.js" in seen.asked
