"""1,000 students press "sign up" for 50 places through real HTTP, on SQLite and PostgreSQL: exactly 50 in, the queue in order, no error page.

Beside us a peer: a bare Django view through the same server and database that counts up a locked row and inserts a line, and knows
neither rights, age, rest, journal nor queue.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
STUDENTS, PLACES, AT_ONCE, PORT = 1000, 50, 100, 8896
PREPARE = """
import datetime as dt, sys
import django
django.setup()
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db.models.query import QuerySet
from tertia.act.volunteering.actions import offer_help_wanted
from tertia.act.volunteering.actions.plans import Times
from tertia.core.actions.actor import Actor
from tertia.core.languages.text import Text
from tertia.core.parties.actions import found_organisation
from tertia.core.parties.models import Account, Membership, Person
from tertia.core.parties.setup import load_basics
from tertia.core.periods import clock
by = Actor.system("benchmark")
load_basics(by)
name = lambda words: Text.of("en", en=words)
university = found_organisation(by=by, slug="uni", kind="university", name=name("The University"), hosts=True)
host = found_organisation(by=by, slug="club", kind="nonprofit", name=name("The Club"))
start = clock.now() + dt.timedelta(days=3)
made = offer_help_wanted(by=by, owner=university, host=host, title=name("Help wanted"), shifts=[Times(start, start + dt.timedelta(hours=4), PLACES)])
accounts = Account.objects.bulk_create([Account(email=f"s{i}@example.org", password="!") for i in range(STUDENTS)])
people = QuerySet(Person).bulk_create([Person(account=a, name=f"Student {i}", home=university, birth_date=dt.date(2004, 1, 1)) for i, a in enumerate(accounts)])
QuerySet(Membership).bulk_create([Membership(person=p, organisation=university, role="member", standing="student", valid_from=dt.date(2024, 9, 1)) for p in people])
Store = import_module(settings.SESSION_ENGINE).SessionStore
store, rows = Store(), []
for a in accounts:
    key = store._get_new_session_key()
    body = {SESSION_KEY: str(a.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0], HASH_SESSION_KEY: a.get_session_auth_hash()}
    rows.append(store.model(session_key=key, session_data=store.encode(body), expire_date=clock.now() + dt.timedelta(days=1)))
store.model.objects.bulk_create(rows)
print(made.slug, made.shifts.get().pk)
print("\\n".join(r.session_key for r in rows))
"""
CHECK = """
import django
django.setup()
from tertia.act.volunteering.models import Shift, SignUp
rows = list(SignUp.objects.order_by("number").values_list("number", "waiting"))
shift = Shift.objects.get()
assert [n for n, _ in rows] == list(range(1, STUDENTS + 1)), "the order has holes"
assert [w for _, w in rows] == [False] * PLACES + [True] * (STUDENTS - PLACES), "the queue is not in its order"
assert shift.taken == PLACES
print(f"{shift.taken} in, {len(rows) - shift.taken} in the queue, in order")
"""
BARE = """
import os
from django.conf import settings
settings.configure(SECRET_KEY="x", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[], DATABASES={"default": __import__("json").loads(os.environ["BARE_DATABASE"])}, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField")
import django
django.setup()
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path
def sign_up(request):
    with transaction.atomic(), connection.cursor() as cursor:
        lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
        cursor.execute("SELECT taken, last FROM bare_shift WHERE id = 1" + lock)
        taken, last = cursor.fetchone()
        cursor.execute("INSERT INTO bare_sign_up (number, waiting) VALUES (%s, %s)", [last + 1, taken >= 50])
        cursor.execute("UPDATE bare_shift SET taken = %s, last = %s WHERE id = 1", [min(taken + 1, 50), last + 1])
    return HttpResponseRedirect("/healthz")
urlpatterns = [path("sign-up/", sign_up), path("healthz", lambda request: HttpResponse("ok"))]
application = get_wsgi_application()
"""


def main(argv: list[str]) -> None:
    from tertia.measure.indicators.engine.sources.postgres_server import postgres_server

    with tempfile.TemporaryDirectory(prefix="tertia-bench-") as folder:
        _both("SQLite", Path(folder) / "one", f"sqlite:///{folder}/bench.sqlite3")
    with tempfile.TemporaryDirectory(prefix="tertia-bench-") as folder, postgres_server(Path(folder) / "pg") as address:
        _both("PostgreSQL", Path(folder) / "one", address)


def _both(name: str, home: Path, address: str) -> None:
    home.mkdir()
    ours = _ours(home, address)
    bare = _bare(home, address)
    for who, (seconds, times, told) in (("Tertia", ours), ("bare view", bare)):
        times.sort()
        p50, p99 = statistics.median(times), times[int(len(times) * 0.99) - 1]
        print(
            f"{name}, {who}: {STUDENTS} requests in {seconds:.1f} s, {AT_ONCE} at once; p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms; {told}"
        )
    print(f"{name}: ratio {ours[0] / bare[0]:.1f}")


def _ours(home: Path, address: str) -> tuple[float, list[float], str]:
    environment = {
        **os.environ, "TERTIA_HOME": str(home), "TERTIA_DATABASE": address, "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "tertia.settings",
        "TERTIA_BASE_URL": f"http://127.0.0.1:{PORT}",
    }  # fmt: skip
    for command in ("migrate", "collectstatic --noinput"):
        subprocess.run([sys.executable, "-m", "tertia.manage", *command.split(), "-v0"], env=environment, check=True)
    made = _python(PREPARE, environment).splitlines()
    slug, shift = made[0].split()
    token = "a" * 32
    body = f"csrfmiddlewaretoken={token}&do=sign-up&shift={shift}"
    requests = [
        ("POST", f"/en/volunteering/{slug}/", body, {"Cookie": f"sessionid={key}; csrftoken={token}", "Content-Type": "application/x-www-form-urlencoded"})
        for key in made[1:]
    ]  # fmt: skip
    seconds, times = _press("tertia.wsgi:application", environment, requests)
    return seconds, times, _python(CHECK, environment).strip()


def _bare(home: Path, address: str) -> tuple[float, list[float], str]:
    import json

    os.environ.update(TERTIA_HOME=str(home), TERTIA_DATABASE=address, DJANGO_SETTINGS_MODULE="tertia.settings")
    from tertia.settings import _database

    environment = {**os.environ, "PYTHONPATH": str(home), "BARE_DATABASE": json.dumps(_database()), "DJANGO_SETTINGS_MODULE": ""}
    (home / "bare.py").write_text(BARE)
    _python(
        "import bare\nfrom django.db import connection\nwith connection.cursor() as c:\n"
        "    c.execute('CREATE TABLE bare_shift (id INTEGER PRIMARY KEY, taken INTEGER, last INTEGER)')\n"
        "    c.execute('CREATE TABLE bare_sign_up (number INTEGER, waiting BOOLEAN)')\n    c.execute('INSERT INTO bare_shift VALUES (1, 0, 0)')",
        environment,
    )
    seconds, times = _press("bare:application", environment, [("POST", "/sign-up/", "", {})] * STUDENTS)
    return seconds, times, "no rules, no rights, no journal"


def _python(code: str, environment: dict[str, str]) -> str:
    head = f"STUDENTS, PLACES = {STUDENTS}, {PLACES}\n"
    return subprocess.run([sys.executable, "-c", head + code], env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def _press(application: str, environment: dict[str, str], requests: list[Any]) -> tuple[float, list[float]]:
    """The production server with two workers at loopback; all requests as fast as so many clients can; an answer that is no redirect ends it."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(PORT), "--workers", "2", "--blocking-threads", "4", "--no-access-log", "--log-level", "error", application]  # fmt: skip
    server = subprocess.Popen(command, env=environment)
    times: list[float] = []
    wrong: list[Any] = []
    waiting, lock = list(reversed(requests)), threading.Lock()

    def client() -> None:
        while True:
            with lock:
                if not waiting:
                    return
                method, path, body, headers = waiting.pop()
            began = time.perf_counter()
            try:
                connection = HTTPConnection("127.0.0.1", PORT, timeout=120)
                connection.request(method, path, body, headers)
                answer = connection.getresponse()
                answer.read()
                connection.close()
                if answer.status != 302:
                    wrong.append(answer.status)
            except OSError as error:
                wrong.append(repr(error))
            times.append(time.perf_counter() - began)

    try:
        _wait()
        threads = [threading.Thread(target=client) for _ in range(AT_ONCE)]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - began
    finally:
        server.terminate()
        server.wait(timeout=20)
    if wrong:
        sys.exit(f"{len(wrong)} answers were not the expected redirect, the first {wrong[:3]}")
    return seconds, times


def _wait() -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=2)
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("the server did not start")
