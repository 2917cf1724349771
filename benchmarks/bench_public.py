"""A public event page beside pretalx's and Indico's: requests a second, p95, page weight, largest contentful paint on a slow phone.

The same event (title, description of six sentences, twenty talks) in each, two worker processes of the same server (granian), one machine.
Peers are installed into virtual environments of their own on the first run (`--work FOLDER` keeps them): pretalx on SQLite, Indico on a
PostgreSQL and a Redis that this script starts on loopback (`redis-server` has to be there). Chromium is slowed to 1.6 Mbit/s, 150 ms a
request and a CPU four times as slow; LCP is the median of five visits with an empty cache.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.counting import p95

ROOT = Path(__file__).resolve().parents[1]
SECONDS, CLIENTS, VISITS = 8, 4, 5
PRETALX, INDICO = "pretalx==2025.2.2", "indico==3.2.9"
WORDS = "What a university does with and for its city, from question to result. "
OURS = f"""
import datetime as dt, django
django.setup()
from django.utils import timezone
from tertia.core.actions.actor import Actor
from tertia.core.languages.text import Text
from tertia.core.parties.models import Organisation
from tertia.plan.conferences.actions import add_session, add_talk, announce_conference
by, uni = Actor.system("bench"), Organisation.objects.filter(hosts=True).get()
def words(text): return Text.of("en", en=text)
made = announce_conference(by=by, owner=uni, title=words("Third mission 2026"), summary=words({WORDS!r} * 6), starts_on=dt.date(2026, 12, 1), ends_on=dt.date(2026, 12, 2), slug="tm", visibility="public")
start = timezone.make_aware(dt.datetime(2026, 12, 1, 9))
hall = add_session(by=by, conference=made, kind="plenary", title=words("Plenary"), starts_at=start, ends_at=start + dt.timedelta(hours=10), room="Hall")
for n in range(20):
    add_talk(by=by, session=hall, title=words(f"Talk number {{n}} on the city and the university"), speaker=f"Speaker {{n}}")
"""
THEIRS_PRETALX = f"""
import datetime as dt
from django_scopes import scopes_disabled
from pretalx.event.models import Event, Organiser
from pretalx.person.models import User
from pretalx.schedule.models import Room
from pretalx.submission.models import Submission, SubmissionStates
with scopes_disabled():
    event = Event.objects.create(organiser=Organiser.objects.create(name="O", slug="o"), name="Third mission 2026", slug="tm", is_public=True, email="o@example.org", date_from=dt.date(2026, 12, 1), date_to=dt.date(2026, 12, 2), timezone="Asia/Almaty", locale_array="en", locale="en")
    event.build_initial_data()
    event.landing_page_text = {WORDS!r} * 6
    event.save()
    room, start = Room.objects.create(event=event, name="Hall"), dt.datetime(2026, 12, 1, 4, tzinfo=dt.timezone.utc)
    for n in range(20):
        talk = Submission.objects.create(event=event, title=f"Talk number {{n}} on the city and the university", abstract={WORDS!r} * 4, submission_type=event.cfp.default_type, state=SubmissionStates.SUBMITTED, content_locale="en")
        talk.speakers.add(User.objects.create_user(email=f"s{{n}}@example.org", password="x" * 12, name=f"Speaker {{n}}"))
        talk.accept(); talk.confirm()
        slot = talk.slots.filter(schedule=event.wip_schedule).first()
        slot.room, slot.start, slot.end = room, start + dt.timedelta(minutes=30 * n), start + dt.timedelta(minutes=30 * (n + 1))
        slot.save()
    event.release_schedule("v1", notify_speakers=False)
"""
THEIRS_INDICO = f"""
import datetime as dt
from indico.web.flask.app import make_app
app = make_app()
with app.test_request_context():
    from indico.core.db import db
    from indico.modules.categories import Category
    from indico.modules.events import Event
    from indico.modules.events.contributions.models.contributions import Contribution
    from indico.modules.events.models.events import EventType
    from indico.modules.events.timetable.models.entries import TimetableEntry, TimetableEntryType
    from indico.modules.users.operations import create_user
    user = create_user("o@example.org", {{"first_name": "O", "last_name": "O", "affiliation": "x"}})
    db.session.flush()
    start = dt.datetime(2026, 12, 1, 4, tzinfo=dt.timezone.utc)
    event = Event(category=Category.get_root(), creator=user, type_=EventType.meeting, title="Third mission 2026", description={WORDS!r} * 6, start_dt=start, end_dt=start + dt.timedelta(hours=12), timezone="Asia/Almaty")
    db.session.add(event); db.session.flush(); db.session.commit()
    event = Event.query.order_by(Event.id.desc()).first()
    for n in range(20):
        talk = Contribution(event_id=event.id, event=event, friendly_id=n + 1, title=f"Talk number {{n}} on the city and the university", description={WORDS!r} * 4, duration=dt.timedelta(minutes=30))
        db.session.add(talk)
        talk.timetable_entry = TimetableEntry(event=event, start_dt=start + dt.timedelta(minutes=30 * n), type=TimetableEntryType.CONTRIBUTION)
    db.session.commit()
    print("EVENT", event.id)
"""
CONF = """
SQLALCHEMY_DATABASE_URI = 'postgresql:///indico?host={pg}&user=postgres'
SECRET_KEY = b'0123456789abcdef0123456789abcdef'
BASE_URL = 'http://127.0.0.1:8902'
CELERY_BROKER, REDIS_CACHE_URL = 'redis://127.0.0.1:6390/0', 'redis://127.0.0.1:6390/1'
DEFAULT_TIMEZONE, DEFAULT_LOCALE = 'Asia/Almaty', 'en_GB'
CACHE_DIR, TEMP_DIR, LOG_DIR = '{at}/cache', '{at}/tmp', '{at}/log'
STORAGE_BACKENDS = {{'default': 'fs:{at}/archive'}}
ATTACHMENT_STORAGE = 'default'
NO_REPLY_EMAIL = SUPPORT_EMAIL = PUBLIC_SUPPORT_EMAIL = 'n@example.org'
"""


def main(argv: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, help="a folder that keeps the peers between runs")
    parser.add_argument(
        "--only", nargs="*", choices=["tertia", "pretalx", "indico"], default=["tertia", "pretalx", "indico"], help="leave the others out"
    )
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="tertia-bench-") as folder:
        work = (given.work or Path(folder)).resolve()
        rows = [
            measured("Tertia", ours(Path(folder))),
            measured("Tertia, no kept pages", ours(Path(folder, "again"), {"TERTIA_PAGE_CACHE": "no"})),
        ]
        if "pretalx" in given.only:
            rows.append(measured("pretalx", pretalx(work, Path(folder))))
        if "indico" in given.only:
            rows.append(measured("Indico", indico(work, Path(folder))))
    print(f"{'':<22} {'req/s':>7} {'p95 ms':>7} {'page kB':>8} {'all kB':>7} {'LCP ms':>7}")
    for name, rate, slow, page, weight, lcp in rows:
        print(f"{name:<22} {rate:>7.0f} {slow:>7.1f} {page / 1000:>8.1f} {weight / 1000:>7.0f} {lcp:>7.0f}")
    faster = max(rows[2:], key=lambda r: r[1], default=None)
    for row in rows[:2] if faster else ():
        print(f"{row[0]}: {row[1] / faster[1]:.1f} times {faster[0]}'s requests a second, p95 {row[2] / faster[2]:.2f} of its")


def measured(name: str, serving: Iterator[str]) -> tuple[str, float, float, float, float, float]:
    with contextmanager(lambda: serving)() as url:
        for _turn in range(20):
            urllib.request.urlopen(url, timeout=30).read()
        rate, slow = load(url)
        size = len(urllib.request.urlopen(urllib.request.Request(url, headers={"Accept-Encoding": "identity"}), timeout=30).read())
        weight, lcp = painted(url)
    print(name, "done", file=sys.stderr)
    return name, rate, slow, size, weight, lcp


def ours(folder: Path, more: dict[str, str] | None = None) -> Iterator[str]:
    folder.mkdir(exist_ok=True)
    home = folder / "home"
    environment = {
        **os.environ,
        "TERTIA_HOME": str(home),
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "tertia.settings",
        "TERTIA_BASE_URL": "http://127.0.0.1:8900",
        **(more or {}),
    }
    for command in (
        ["-m", "tertia.manage", "migrate", "-v0"],
        ["-m", "tertia.manage", "collectstatic", "--noinput", "-v0"],
        ["-m", "tertia", "setup", "--slug", "uni", "--name-en", "U", "--admin", "a@example.org"],
        ["-c", OURS],
    ):
        subprocess.run([sys.executable, *command], env=environment, check=True, stdout=subprocess.DEVNULL)
    yield from granian(sys.executable, "tertia.wsgi:application", 8900, "/en/conferences/tm/", environment)


def peer(work: Path, name: str, packages: list[str]) -> str:
    """The Python of a peer's own environment, installed where it is not there yet."""
    there = work / name
    if not (there / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", there], check=True)
        subprocess.run([there / "bin" / "python", "-m", "pip", "install", "-q", *packages, "granian"], check=True)
        (there / "ready").touch()
    return str(there / "bin" / "python")


def pretalx(work: Path, folder: Path) -> Iterator[str]:
    python, at = peer(work, "pretalx", [PRETALX]), folder / "pretalx-data"
    at.mkdir()
    (at / "cfg").write_text(
        f"[filesystem]\ndata = {at}\n[site]\ndebug = False\nurl = http://127.0.0.1:8901\n[database]\nbackend = sqlite3\nname = {at}/db.sqlite3\n"
    )
    environment = {**os.environ, "PRETALX_CONFIG_FILE": str(at / "cfg")}
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["shell", "--unsafe-disable-scopes", "-c", THEIRS_PRETALX]):
        subprocess.run(
            [python, "-m", "pretalx", *command], env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    yield from granian(python, "pretalx.wsgi:application", 8901, "/tm/", environment)


def indico(work: Path, folder: Path) -> Iterator[str]:
    from tests.suite import postgres_server

    python, at = peer(work, "indico", [INDICO]), folder / "indico-data"
    for name in ("cache", "tmp", "log", "archive"):
        (at / name).mkdir(parents=True)
    redis = subprocess.Popen(
        [shutil.which("redis-server") or "redis-server", "--port", "6390", "--bind", "127.0.0.1", "--save", ""], stdout=subprocess.DEVNULL
    )
    try:
        with postgres_server(folder / "pg"):
            for command in ("createdb -T template0 -E UTF8 indico", 'psql indico -c "create extension unaccent; create extension pg_trgm"'):
                subprocess.run(
                    command,
                    shell=True,
                    check=True,
                    env={**os.environ, "PGHOST": str(folder / "pg"), "PGUSER": "postgres"},
                    stdout=subprocess.DEVNULL,
                )
            (at / "indico.conf").write_text(CONF.format(pg=folder / "pg", at=at))
            (at / "served.py").write_text("from indico.web.flask.app import make_app\napplication = make_app()\n")
            environment = {**os.environ, "INDICO_CONFIG": str(at / "indico.conf"), "PYTHONPATH": str(at)}
            subprocess.run(
                [str(Path(python).parent / "indico"), "db", "prepare"],
                env=environment,
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            made = subprocess.run([python, "-c", THEIRS_INDICO], env=environment, check=True, capture_output=True, text=True).stdout
            yield from granian(python, "served:application", 8902, f"/event/{made.split('EVENT')[1].strip()}/", environment)
    finally:
        redis.terminate()
        redis.wait()


def granian(python: str, application: str, port: int, path: str, environment: dict[str, str]) -> Iterator[str]:
    command = [
        python,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        "2",
        "--no-access-log",
        "--log-level",
        "error",
        application,
    ]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30).read()
                break
            except OSError:
                time.sleep(0.5)
        yield f"http://127.0.0.1:{port}{path}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def load(url: str) -> tuple[float, float]:
    """(requests a second, 95th percentile of the answers in ms) of four clients that keep their connection."""
    host, path = url.removeprefix("http://").split("/", 1)
    times: list[float] = []
    until = time.monotonic() + SECONDS

    def ask() -> None:
        connection, mine = HTTPConnection(host), []
        while time.monotonic() < until:
            began = time.perf_counter()
            connection.request("GET", f"/{path}")
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200
            mine.append(time.perf_counter() - began)
        times.extend(mine)

    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(times) / SECONDS, p95(times) * 1000


def painted(url: str) -> tuple[float, float]:
    """(bytes that came over the line, largest contentful paint in ms) on a slow phone, medians of five first visits."""
    from playwright.sync_api import sync_playwright

    weights, paints = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        for _visit in range(VISITS):
            context = browser.new_context(viewport={"width": 360, "height": 640})
            page = context.new_page()
            line = context.new_cdp_session(page)
            line.send("Network.enable")
            line.send(
                "Network.emulateNetworkConditions",
                {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8},
            )
            line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
            came: list[float] = []
            line.on("Network.loadingFinished", lambda e, came=came: came.append(e["encodedDataLength"]))
            page.add_init_script(
                "new PerformanceObserver(l => { for (const e of l.getEntries()) window.lcp = e.startTime; }).observe({type: 'largest-contentful-paint', buffered: true})"
            )
            page.goto(url, wait_until="load", timeout=120_000)
            page.wait_for_timeout(2000)
            paints.append(float(page.evaluate("window.lcp || 0")))
            weights.append(sum(came))
            context.close()
        browser.close()
    return statistics.median(weights), statistics.median(paints)
