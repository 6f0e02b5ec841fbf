"""Chromium without a screen, driven by Playwright, which notes all that the pages ask and say."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",  # which root cannot have
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WITHIN = 30_000.0  # milliseconds, for a machine that does other things too


@dataclass
class Seen:
    """What a page asked for, and the errors that it had."""

    asked: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        """Note an error; that an answer is one is for the page to show, and Chromium says it whatever the page does."""
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.errors.append(message.text)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser with a profile of its own. Skips the test, and says so, on a machine that has none, but for CI."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        assert not os.environ.get("CI"), "CI has no Chromium"
        pytest.skip(f"no browser: none of {', '.join(NAMES)} is on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*FLAGS])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[tuple[Page, Seen]]:
    """A page in a session of its own, and what it asks and says."""
    seen = Seen()
    with browser.new_context() as session:
        session.set_default_timeout(WITHIN)
        page = session.new_page()
        page.on("request", lambda request: seen.asked.append(request.url))
        page.on("console", seen.hear)
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        page.goto(address)
        yield page, seen
