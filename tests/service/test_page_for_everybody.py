"""The reference page for whoever comes: by keyboard, by ear, on a telephone, in the dark, for the first time."""

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.real_server import serving
from tests.service.chromium import WITHIN, chromium, opened
from tests.service.under_a_path import under

expect.set_options(timeout=WITHIN)
pytestmark = pytest.mark.slow
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
BY_THE_BOOK = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
LONG = [".live-responses-table pre", ".response[data-code^='2'] pre"]
CREATE = "#operations-estimates-create_estimate"
OTHERS = ("estimates-delete_estimate", "factors-list_factors")
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("service"), CARBON_WORKERS="1") as address:
        yield address


def faults(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds against the guidelines for accessible content. Of texts in colours it sees the short ones."""
    found: list[dict[str, Any]] = page.evaluate(
        """([tags, long]) => axe.run({exclude: long}, {runOnly: tags, resultTypes: ['violations']})
        .then(said => said.violations)""",
        [BY_THE_BOOK, LONG],
    )
    return [(fault["id"], [node["html"][:120] for node in fault["nodes"][:3]]) for fault in found]


def try_the_first(page: Page) -> dict[str, Any]:
    """Do what the page tells those who come for the first time; the answer that it shows."""
    page.get_by_role("link", name="Estimate a plan", exact=True).click()
    create = page.locator(CREATE)
    create.get_by_role("button", name="Try it out").click()
    create.get_by_role("button", name="Execute").click()
    live = create.locator(".live-responses-table .response")
    expect(live.locator(".response-col_status")).to_contain_text("201")
    shown: dict[str, Any] = json.loads(live.locator("pre.microlight").first.inner_text())
    return shown


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_too_pale_or_without_a_name(browser: Browser, address: str, scheme: str) -> None:
    """Neither in an operation that was tried, nor in those that have what it has not, nor where a key is entered."""
    with opened(browser, f"{address}/docs") as (page, seen):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        expect(page.locator(".opblock")).not_to_have_count(0)
        try_the_first(page)
        for name in OTHERS:
            page.locator(f"#operations-{name} .opblock-summary-control").click()
            expect(page.locator(f"#operations-{name} .responses-table").first).to_be_visible()
        page.locator(".auth-wrapper .authorize").click()
        expect(page.locator(".auth-container").get_by_role("button", name="Authorize", exact=True)).to_be_visible()
        page.evaluate(AXE)
        assert faults(page) == []
        assert seen.errors == []


def test_the_dark_page_is_dark(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/docs") as (page, _):
        expect(page.locator("body")).to_have_css("background-color", "rgb(250, 250, 250)")
        page.emulate_media(color_scheme="dark")
        expect(page.locator("body")).to_have_css("background-color", "rgb(28, 32, 34)")


def test_who_comes_first_is_told_what_to_do_and_it_works_by_keyboard(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/docs") as (page, _):
        expect(page.locator("#first")).to_be_visible()
        page.locator("#first a").focus()
        page.keyboard.press("Enter")
        expect(page.locator(f"{CREATE} .opblock-summary-control")).to_be_focused()
        expect(page.locator(f"{CREATE} .opblock-body")).to_be_visible()
        page.locator("#first a").press("Enter")  # which does not close it again
        expect(page.locator(f"{CREATE} .opblock-body")).to_be_visible()


def test_an_answer_shows_the_headers_that_are_particular_to_it(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/docs") as (page, _):
        page.locator("#first a").click()
        shown = {
            status: page.locator(f"{CREATE} .response[data-code='{status}'] table.headers tbody tr:visible")
            for status in ("200", "201", "401", "404", "429")
        }
        expect(shown["201"]).to_have_count(2)
        assert [row.inner_text().split("\t")[0] for row in shown["201"].all()] == ["Location", "Idempotency-Replayed"]
        assert [row.inner_text().split("\t")[0] for row in shown["429"].all()] == ["Retry-After"]
        assert [row.inner_text().split("\t")[0] for row in shown["401"].all()] == ["WWW-Authenticate"]
        assert shown["200"].count() == shown["404"].count() == 0


def test_a_telephone_has_room_for_what_a_group_is_about(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/docs") as (page, _):
        page.set_viewport_size(PHONE)
        about = page.locator(".opblock-tag small")
        expect(about).to_have_count(10)
        assert [box["width"] for one in about.all() if (box := one.bounding_box()) and box["width"] < 250] == []


def test_it_works_under_a_path_of_a_proxy(browser: Browser, address: str, tmp_path: Path) -> None:
    with under("/carbon", address) as place, opened(browser, f"{place}/docs") as (page, seen):
        assert try_the_first(page)["plan"]["name"] == "First plan"
        assert [url for url in seen.asked if not url.startswith((f"{place}/", "data:"))] == []
