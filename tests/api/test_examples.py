"""The examples of docs/api/README.md, run as they stand: Python by our client, the shell's by curl."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import threading
from contextlib import redirect_stdout
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from tests.cast import make_resolution

from tertia.core.access.actions import create_api_token
from tertia.core.access.api import SCOPES
from tertia.plan.conferences.models import Conference
from tertia.web.api.client import client_module

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "api" / "README.md").read_text()


@pytest.fixture
def client_path(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "clients" / "python"))


@pytest.fixture
def site(world, live_server, client_path, transactional_db):
    make_resolution(world)
    secret = create_api_token(by=world.office, person=world.people["office"], name="t", scopes=list(SCOPES)).secret
    return {"ADDRESS": live_server.url, "TOKEN": secret, "UNIVERSITY": world.university.pk}


def blocks(kind):
    return re.findall(rf"```{kind}\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.django_db(transaction=True)
def test_the_examples_in_python_run(site):
    said = io.StringIO()
    names = dict(site)
    with redirect_stdout(said):
        for block in blocks("python"):
            exec(block, names)
    lines = said.getvalue().splitlines()
    assert "400 ends_on" in lines and "['Roads']" in lines, lines
    assert sorted(c.title.read("en").text for c in Conference.objects.all())[0] == "Forum"


@pytest.mark.django_db(transaction=True)
def test_the_examples_for_a_shell_run(site):
    (block,) = blocks("sh")
    for name, value in site.items():
        block = block.replace(name, str(value))
    done = subprocess.run(["bash", "-euc", block], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert '"next"' in done.stdout and '"From a shell"' in done.stdout, done.stdout
    assert "From a shell" in [c.title.read("en").text for c in Conference.objects.all()]


@pytest.mark.django_db(transaction=True)
def test_the_client_is_told_nothing_twice_and_waits_when_it_asks_too_often(site, settings, tmp_path):
    from tertia_client import Refused, Tertia

    tertia = Tertia(site["ADDRESS"])
    assert tertia.get("records") == tertia.get("records") and len(tertia._known) == 1
    settings.HOME, settings.TERTIA_API_LIMITS = tmp_path, (1, 1)
    hasty = Tertia(site["ADDRESS"], patience=0)
    with pytest.raises(Refused) as refused:
        for _turn in range(3):
            hasty.get("records")
    assert refused.value.status == 429


def test_the_client_waits_as_long_as_it_is_told(client_path):
    """A server that says 503 once, then answers."""
    from tertia_client import Tertia

    turns = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def do_GET(self):
            turns.append(self.path)
            raw = b'{"items": [], "next": null}'
            self.send_response(503 if len(turns) == 1 else 200)
            if len(turns) == 1:
                self.send_header("Retry-After", "0.1")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        assert list(Tertia(f"http://127.0.0.1:{server.server_port}").records()) == [] and len(turns) == 2
    finally:
        server.shutdown()
        server.server_close()


def test_the_typed_part_is_written_from_the_contract(client_path):
    written = client_module(json.loads((ROOT / "docs" / "api" / "openapi.json").read_text()))
    there = (ROOT / "clients" / "python" / "tertia_actions.py").read_text()
    squeeze = lambda text: re.sub(r"[\s,()]+", "", text)  # noqa: E731  # the formatter breaks long lines
    assert squeeze(written) == squeeze(there), "run ./run contract"


def test_the_client_is_typed(tmp_path):
    """A program that misnames an argument is told so before it runs."""
    program = tmp_path / "program.py"
    program.write_text(
        "from tertia_client import Tertia\nt = Tertia('x')\nt.actions.needs_publish(need=1)\nt.actions.needs_publish(neeed=1)\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-incremental", "--config-file=", str(program)], capture_output=True, text=True, cwd=tmp_path,
        env={"MYPYPATH": str(ROOT / "clients" / "python"), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert "program.py:4" in done.stdout and "neeed" in done.stdout and "program.py:3" not in done.stdout, done.stdout + done.stderr
