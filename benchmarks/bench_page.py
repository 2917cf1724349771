"""The front page through the production server: requests a second, and the ratio to a bare Django view that answers with the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SECONDS, CLIENTS = 8, 4
BARE = """
import os
from django.conf import settings
settings.configure(SECRET_KEY="x", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [os.environ["BARE_DIR"]], "OPTIONS": {}}], MIDDLEWARE=[])
import django
django.setup()
from django.core.wsgi import get_wsgi_application
from django.shortcuts import render
from django.urls import path
urlpatterns = [path("en/", lambda request: render(request, "page.html")), path("healthz", lambda request: render(request, "page.html"))]
application = get_wsgi_application()
"""


def main(argv: list[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="tertia-bench-") as folder:
        environment = {**os.environ, "TERTIA_HOME": folder, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{folder}", "BARE_DIR": folder}
        subprocess.run(
            [sys.executable, "-m", "tertia", "demo", "--no-serve", "--students", "400", "--today", "2026-11-24"],
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        subprocess.run([sys.executable, "-m", "tertia.manage", "collectstatic", "--noinput", "-v0"], env=environment, check=True)
        slow = serve("tertia.wsgi:application", {**environment, "TERTIA_PAGE_CACHE": "no"})
        ours = serve("tertia.wsgi:application", environment)
        page = Path(folder, "page.html")
        page.write_bytes(PAGE[0])
        Path(folder, "bare.py").write_text(BARE)
        bare = serve("bare:application", environment)
    print(f"every page made anew: {slow:.0f} requests a second")
    print(
        f"front page of {len(PAGE[0]):,} bytes: {ours:.0f} requests a second; a bare view of the same bytes {bare:.0f}; ratio 1 : {bare / ours:.1f}"
    )


PAGE: list[bytes] = []


def serve(application: str, environment: dict[str, str]) -> float:
    """Start granian with two workers at loopback, ask for the page for some seconds, stop it."""
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        "8899",
        "--workers",
        "2",
        "--no-access-log",
        "--log-level",
        "error",
        application,
    ]
    server = subprocess.Popen(command, env=environment)
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen("http://127.0.0.1:8899/healthz", timeout=2)
                break
            except OSError:
                time.sleep(0.2)
        if not PAGE:
            PAGE.append(urllib.request.urlopen("http://127.0.0.1:8899/en/", timeout=10).read())
        return load()
    finally:
        server.terminate()
        server.wait(timeout=20)


def load() -> float:
    done: list[int] = []
    until = time.monotonic() + SECONDS

    def ask() -> None:
        connection, count = HTTPConnection("127.0.0.1", 8899), 0
        while time.monotonic() < until:
            connection.request("GET", "/en/")
            assert len(connection.getresponse().read()) > 1000
            count += 1
        done.append(count)

    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / SECONDS
