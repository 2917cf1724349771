"""A real browser on a real server with a small demonstration."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, sync_playwright
from tests.kept import put_back

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), None)
    assert path, "Chromium is missing; on Debian: apt-get install chromium-headless-shell"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A click ends when the page to which it leads is there; by itself it ends when that page has only begun to come."""
    click = Locator.click

    def click_and_wait(self: Locator, **options: Any) -> None:
        click(self, **options)
        self.page.wait_for_load_state()

    monkeypatch.setattr(Locator, "click", click_and_wait)


@pytest.fixture
def demonstration(kept_demonstration: Any, transactional_db: None) -> Any:
    put_back()
    return kept_demonstration


@pytest.fixture
def visit(chromium: Browser, live_server: Any) -> Iterator[Any]:
    """`visit(path, width=…, javascript=…)` opens a page; errors of the console fail the test."""
    opened, complaints = [], []

    def open_page(path: str = "/en/", *, width: int = 1280, javascript: bool = True) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 800}, java_script_enabled=javascript, base_url=live_server.url)
        opened.append(context)
        page = context.new_page()
        # a refused form is answered by 400, and a test may cut the network, which the browser notes (through a service worker as
        # ERR_FAILED); everything else is a fault
        known = ("400 (Bad Request)", "ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED")
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" and not any(k in m.text for k in known) else None)
        page.on("pageerror", lambda e: complaints.append(str(e)))
        page.on(
            "request", lambda r: complaints.append(f"foreign request {r.url}") if not r.url.startswith((live_server.url, "data:")) else None
        )
        page.goto(path)
        return page

    yield open_page
    for context in opened:
        context.close()
    assert complaints == []
