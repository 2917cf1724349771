"""Takes the pictures of the README and of the how-tos from a fresh demonstration: `.venv/bin/python docs/pictures/take.py`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PORT = "8765"
#: one for each kind of person in the how-tos, in their order: as whom, which page, how wide
PEOPLE = {
    "resident": ("", "/needs/new/", 390), "student": ("student", "/volunteering/", 390), "office": ("office", "/today/", 1000), "teacher": ("teacher", "/faculty/", 390),
    "partner": ("akimat", "/today/", 390), "leader": ("leader", "/figures/", 1000), "analyst": ("ministry", "/country/", 1000), "administrator": ("administrator", "/people/", 1000),
}  # fmt: skip
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "TERTIA_HOME": home, "PYTHONPATH": str(ROOT / "src")}
        command = [sys.executable, "-m", "tertia", "demo", "--students", "400", "--today", "2026-11-24", "--port", PORT]
        server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait()
            take()
        finally:
            server.terminate()
            server.wait(timeout=30)


def wait() -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=2)
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the server did not start")


def take() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1200, "height": 900}, base_url=f"http://127.0.0.1:{PORT}")
        page.goto("/en/resolutions/2019-third-mission/")
        page.screenshot(path=HERE / "resolution.png", clip={"x": 0, "y": 0, "width": 1200, "height": 1000}, full_page=True)
        page.goto("/en/measures/")
        page.get_by_role("link", name="Hours of service").click()
        page.locator(".full").screenshot(path=HERE / "thread.png")
        for language in ("en", "ru", "kk"):
            for name, (who, path, width) in PEOPLE.items():
                _person(browser, HERE / f"{name}.{language}.png", who, f"/{language}{path}", width)
        browser.close()


def _person(browser: Browser, file: Path, who: str, path: str, width: int) -> None:
    """What this person sees first, as a picture of few colours."""
    context = browser.new_context(viewport={"width": width, "height": 720}, base_url=f"http://127.0.0.1:{PORT}")
    page = context.new_page()
    if who:
        page.goto(f"{path[:3]}/demonstration/")
        page.locator(f'button[name="as"][value="{who}"]').click()
        page.wait_for_load_state()
    answer = page.goto(path)
    assert answer is not None and answer.status == 200, (file.name, answer and answer.status)
    page.screenshot(path=file)
    context.close()
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(64).save(file, optimize=True)


if __name__ == "__main__":
    main()
