"""Votes through real HTTP on PostgreSQL with durable commit, for a minute, with all checks: how many a second, how late, none lost or doubled.

Beside us a peer: a bare Django view through the same server and database that upserts one row, and knows neither voices, limits, ends of
conversations nor forged forms. `./run bench votes [SECONDS] [CONNECTIONS]`.
"""

from __future__ import annotations

import json
import os
import selectors
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.bench_sign_up import PORT, ROOT, _wait

VOICES, STATEMENTS = 4000, 60
PREPARE = """
import datetime as dt, json
import django
django.setup()
from django.core import signing
from tertia.core.actions.actor import Actor
from tertia.core.languages.text import Text
from tertia.core.parties.actions import found_organisation
from tertia.core.parties.setup import load_basics
from tertia.core.periods import clock
from tertia.listen.dialogue.actions import begin_conversation, open_conversation, seed
from tertia.core.access.voices import COOKIE
by = Actor.system("benchmark")
load_basics(by)
name = lambda words: Text.of("en", en=words)
university = found_organisation(by=by, slug="uni", kind="university", name=name("The University"), hosts=True)
today = clock.today()
made = begin_conversation(by=by, owner=university, title=name("What shall be done?"), summary=name("x"), ends_on=today + dt.timedelta(days=2))
seed(by=by, conversation=made, texts=[name(f"Claim number {n} is right") for n in range(STATEMENTS)], on=today)
open_conversation(by=by, conversation=made, on=today)
signer = signing.Signer(salt=COOKIE)
print(json.dumps({"slug": made.slug, "cookies": [f"{COOKIE}={signer.sign(f'voice{n:08d}')}" for n in range(VOICES)]}))
"""
CHECK = """
import django
django.setup()
from tertia.listen.dialogue.models import Vote, Voice
print(Vote.objects.count(), Voice.objects.count(), Vote.objects.filter(value=1).count())
"""
BARE = """
import os
from django.conf import settings
settings.configure(SECRET_KEY="x", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[], DATABASES={"default": __import__("json").loads(os.environ["BARE_DATABASE"])}, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField")
import django, json
django.setup()
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponse
from django.urls import path
def vote(request):
    body = json.loads(request.body)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bare_vote (voice, statement, value) VALUES (%s, %s, %s) ON CONFLICT (voice, statement) DO UPDATE SET value = excluded.value", [body["voice"], body["number"], body["value"]])
    return HttpResponse("ok", headers={"Content-Length": "2"})
urlpatterns = [path("vote/", vote), path("healthz", lambda request: HttpResponse("ok"))]
application = get_wsgi_application()
"""


def main(argv: list[str]) -> None:
    from tertia.measure.indicators.engine.sources.postgres_server import postgres_server

    seconds, connections = int(argv[0]) if argv else 60, int(argv[1]) if len(argv) > 1 else 32
    rates = []
    for run in (_ours, _bare):
        with tempfile.TemporaryDirectory(prefix="tertia-bench-") as folder, postgres_server(Path(folder) / "pg", durable=True) as address:
            (Path(folder) / "one").mkdir()
            name, done, took, late, told = run(Path(folder) / "one", address, seconds, connections)
        late.sort()
        p50, p99 = (late[int(len(late) * q)] * 1000 for q in (0.5, 0.99))
        print(f"{name}: {done} votes in {took:.1f} s, {done / took:.0f} a second; p50 {p50:.0f} ms, p99 {p99:.0f} ms; {told}", flush=True)
        rates.append(done / took)
    print(f"ratio to the bare view {rates[0] / rates[1]:.2f}")


def _ours(home: Path, address: str, seconds: int, connections: int) -> tuple[str, int, float, list[float], str]:
    environment = {
        **os.environ, "TERTIA_HOME": str(home), "TERTIA_DATABASE": address, "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "tertia.settings",
        "TERTIA_BASE_URL": f"http://127.0.0.1:{PORT}",
    }  # fmt: skip
    for command in ("migrate", "collectstatic --noinput"):
        subprocess.run([sys.executable, "-m", "tertia.manage", *command.split(), "-v0"], env=environment, check=True)
    made = json.loads(_python(PREPARE, environment))
    token, path = "a" * 32, f"/en/conversations/{made['slug']}/vote/"
    requests = []
    for n in range(VOICES * STATEMENTS):
        voice, statement = n % VOICES, n // VOICES + 1
        body = json.dumps({"votes": [{"number": statement, "value": 1, "turn": 1}]})
        requests.append(_request(path, body, f"Cookie: {made['cookies'][voice]}; csrftoken={token}\r\nX-CSRFToken: {token}\r\n"))
    done, took, late = _press("tertia.wsgi:application", environment, requests, seconds, connections)
    votes, voices, right = map(int, _python(CHECK, environment).split())
    assert votes == right == done, f"{done} answers, {votes} votes, {right} right"
    return "Tertia", done, took, late, f"{votes} votes of {voices} voices, none lost, none doubled"


def _bare(home: Path, address: str, seconds: int, connections: int) -> tuple[str, int, float, list[float], str]:
    os.environ.update(TERTIA_HOME=str(home), TERTIA_DATABASE=address, DJANGO_SETTINGS_MODULE="tertia.settings")
    from tertia.settings import _database

    environment = {**os.environ, "PYTHONPATH": str(home), "BARE_DATABASE": json.dumps(_database()), "DJANGO_SETTINGS_MODULE": ""}
    (home / "bare.py").write_text(BARE)
    _python(
        "import bare\nfrom django.db import connection\nwith connection.cursor() as c:\n"
        "    c.execute('CREATE TABLE bare_vote (id BIGSERIAL PRIMARY KEY, voice BIGINT, statement INTEGER, value SMALLINT, UNIQUE (voice, statement))')",
        environment,
    )
    requests = [
        _request("/vote/", json.dumps({"voice": n % VOICES, "number": n // VOICES + 1, "value": 1}), "") for n in range(VOICES * STATEMENTS)
    ]  # fmt: skip
    done, took, late = _press("bare:application", environment, requests, seconds, connections)
    return "bare view", done, took, late, "no voices, no limits, no checks"


def _python(code: str, environment: dict[str, str]) -> str:
    head = f"VOICES, STATEMENTS = {VOICES}, {STATEMENTS}\n"
    return subprocess.run([sys.executable, "-c", head + code], env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def _request(path: str, body: str, headers: str) -> bytes:
    return f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n{headers}\r\n{body}".encode()


def _press(
    application: str, environment: dict[str, str], requests: list[bytes], seconds: int, connections: int
) -> tuple[int, float, list[float]]:
    """So many connections that stay open, each sending its next request when the answer to the last is there; an answer but 200 ends it."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(PORT), "--workers", "2", "--blocking-threads", "4", "--no-access-log", "--log-level", "error", application]  # fmt: skip
    server = subprocess.Popen(command, env=environment)
    try:
        _wait()
        return _talk(requests, seconds, connections)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _talk(requests: list[bytes], seconds: int, connections: int, expected: bytes = b"HTTP/1.1 200") -> tuple[int, float, list[float]]:
    chosen, waiting, late, open_ones = selectors.DefaultSelector(), iter(requests), [], 0
    state: dict[Any, list[Any]] = {}

    def send(one: Any) -> bool:
        request = next(waiting, None) if time.perf_counter() - began < seconds else None
        if request is None:
            chosen.unregister(one)
            one.close()
            return False
        state[one] = [time.perf_counter(), b""]
        one.sendall(request)
        return True

    began = time.perf_counter()
    for _n in range(connections):
        one = socket.create_connection(("127.0.0.1", PORT))
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        chosen.register(one, selectors.EVENT_READ)
        open_ones += send(one)
    while open_ones:
        for key, _mask in chosen.select(timeout=30):
            one: Any = key.fileobj
            entry = state[one]
            entry[1] += one.recv(65536)
            head, found, rest = entry[1].partition(b"\r\n\r\n")
            if not found:
                continue
            at = head.lower().find(b"content-length: ")
            size = int(head[at + 16 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
            if len(rest) < size:
                continue
            if not head.startswith(expected):
                sys.exit(f"an answer was not the expected one: {head[:200]!r} {rest[:300]!r}")
            late.append(time.perf_counter() - entry[0])
            open_ones -= not send(one)
    return len(late), time.perf_counter() - began, late
