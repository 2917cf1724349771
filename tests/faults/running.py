"""A whole site as it runs in earnest, with its own database, in parts that can be killed: server, workers of the server, worker, PostgreSQL."""

from __future__ import annotations

import gzip
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import requests

from tertia.measure.indicators.engine.sources.postgres_server import _binaries, postgres_server

ROOT = Path(__file__).resolve().parents[2]
DUMP = max((ROOT / "tests" / "upgrades").glob("0.*/"), key=lambda p: [int(n) for n in p.name.split(".")])
TOKEN = """
import django; django.setup()
from tertia.core.access.actions import create_api_token
from tertia.core.actions.actor import Actor
from tertia.core.parties.models import Person
from tertia.core.periods.clock import today
person = Person.objects.filter(memberships__role="office").order_by("pk").first()
print(create_api_token(by=Actor.of(person, today()), person=person, name="t", scopes=["read", "needs:write"]).secret)
"""


class Site:
    """`tertia serve` on the demonstration of the last version. What ends is started again, as systemd does."""

    def __init__(self, home: Path, database: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address, self.home, self.port, self._stop = f"http://127.0.0.1:{port}", home, port, False
        self.environment = {
            **os.environ, "TERTIA_HOME": str(home), "TERTIA_DATABASE": database, "TERTIA_TODAY": "2026-11-24", "TERTIA_BASE_URL": self.address,
            "TERTIA_API_LIMITS": "1000000,1000000", "DJANGO_SETTINGS_MODULE": "tertia.settings", "TERTIA_PAGE_CACHE": "no",
        }  # fmt: skip
        home.mkdir(parents=True, exist_ok=True)
        self.do("-m", "tertia.manage", "migrate", "-v0")
        self.token = self.do("-c", TOKEN).splitlines()[-1]
        self._start()
        threading.Thread(target=self._keep, daemon=True).start()
        self.until(self.is_ready, 60)

    def _start(self) -> None:
        command = [sys.executable, "-m", "tertia", "serve", "--port", str(self.port)]
        self._run = subprocess.Popen(
            command, env=self.environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def _keep(self) -> None:
        while not self._stop:
            if self._run.poll() is not None and not self._stop:
                self._sweep(self._run.pid)  # systemd ends what a unit left behind
                self._start()
            time.sleep(0.2)

    def end(self) -> None:
        self._stop = True
        self._sweep(self._run.pid)
        self._run.wait()

    def _sweep(self, session: int) -> None:
        for pid in pids(lambda stat, _line: int(stat[3]) == session):
            _kill(pid)

    def do(self, *arguments: str) -> str:
        done = subprocess.run([sys.executable, *arguments], env=self.environment, capture_output=True, text=True, cwd=ROOT, check=False)
        assert done.returncode == 0, (arguments, done.stdout[-1500:], done.stderr[-1500:])
        return done.stdout

    @property
    def session(self) -> int:
        """The session of all its processes."""
        return self._run.pid

    def is_ready(self) -> bool:
        try:
            return requests.get(f"{self.address}/readyz", timeout=2).status_code == 200
        except requests.RequestException:
            return False

    @staticmethod
    def until(true: Callable[[], bool], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < deadline, "it did not come about in time"
            time.sleep(0.1)

    def kill(self, part: str) -> None:
        """`server` and all below it, one `web` worker, or the `worker` of jobs: SIGKILL, without a word."""
        if part == "server":
            self._sweep(self._run.pid)
            return
        found = self.workers() if part == "worker" else self._web()
        assert found, part
        _kill(found[0])

    def workers(self) -> list[int]:
        """The processes that do jobs."""
        return self._parts("tertia\0worker")

    def _web(self) -> list[int]:
        """The server's own workers: its head is their parent."""
        all_of_them = self._parts("granian")
        return pids(lambda stat, line: "granian" in line and int(stat[1]) in all_of_them)

    def _parts(self, word: str) -> list[int]:
        return pids(lambda stat, line: int(stat[3]) == self._run.pid and word in line)


def pids(wanted: Callable[[list[str], str], bool]) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text().rsplit(")", 1)[1].split()  # state, parent, group, session …
            if wanted(stat, (folder / "cmdline").read_text()):
                found.append(int(folder.name))
        except OSError:
            continue  # it has just ended
    return sorted(found)


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


@dataclass
class Postgres:
    """A PostgreSQL of the test's own that can be killed and started again."""

    folder: Path
    address: str

    def kill(self) -> None:
        """SIGKILL to its head, then to whatever is left of it."""
        word = str(self.folder / "data")
        head = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        there = [head, *pids(lambda stat, _line: int(stat[1]) == head)]
        while there:
            for pid in there:
                _kill(pid)
            time.sleep(0.05)
            there = pids(lambda stat, line: stat[0] != "Z" and (int(stat[1]) == head or (word in line and "postgres" in line)))

    def start(self) -> None:
        """As its unit does: until it runs."""
        runner = [shutil.which("runuser") or "/usr/sbin/runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        options = f"-k {self.folder} -c listen_addresses=''"
        command = [*runner, f"{_binaries()}/pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "log", "-o", options, "start"]
        Site.until(lambda: subprocess.run(command, check=False, cwd=self.folder, capture_output=True).returncode == 0, 30)


@contextmanager
def sqlite_site(folder: Path) -> Iterator[Site]:
    home = folder / "home"
    home.mkdir()
    (home / "tertia.sqlite3").write_bytes(gzip.decompress((DUMP / "sqlite.gz").read_bytes()))
    site = Site(home, f"sqlite:///{home}/tertia.sqlite3")
    try:
        yield site
    finally:
        site.end()


@contextmanager
def postgres_site(folder: Path) -> Iterator[tuple[Site, Postgres]]:
    with postgres_server(folder / "pg", durable=True) as address:
        load = ["psql", "-q", "-h", str(folder / "pg"), "-U", "postgres", "-d", "postgres", "-v", "ON_ERROR_STOP=1"]
        subprocess.run(load, input=gzip.decompress((DUMP / "postgres.sql.gz").read_bytes()), check=True, stdout=subprocess.DEVNULL)
        site = Site(folder / "home", address)
        try:
            yield site, Postgres(folder / "pg", address)
        finally:
            site.end()


@dataclass
class Writers:
    """Programs that raise needs without a pause. Each sends a need again under the same key until it has heard that it is kept."""

    site: Site
    number: int = 4
    pause: float = 0.02
    heard: dict[str, int] = field(default_factory=dict)
    refused: dict[int, int] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)
    _stop: bool = False
    _broken: bool = False  # the test has failed: nobody waits for what is not taken

    def __enter__(self) -> Writers:
        self._threads = [threading.Thread(target=self._write) for _ in range(self.number)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *what: object) -> None:
        self._stop, self._broken = True, what[0] is not None
        for thread in self._threads:
            thread.join()

    def _write(self) -> None:
        while not self._stop:
            self._raise_one(str(uuid.uuid4()))
            time.sleep(self.pause)

    def _raise_one(self, key: str) -> None:
        head = {"Authorization": f"Bearer {self.site.token}", "Idempotency-Key": key}
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and not self._broken:
            try:
                answer = requests.post(f"{self.site.address}/api/v1/needs", json={"en": f"Fault {key}"}, headers=head, timeout=30)
            except requests.RequestException:
                self.refused[0] = self.refused.get(0, 0) + 1
            else:
                if answer.status_code == 201:
                    self.heard[key] = answer.json()["id"]
                    return
                self.refused[answer.status_code] = self.refused.get(answer.status_code, 0) + 1
                if answer.status_code not in (409, 503):  # 409: the first sending is still at work
                    self.strange.append(f"{answer.status_code} {answer.text[:300]}")
            time.sleep(0.1)
        self.strange.append(f"{key} was never taken")


LOOK = """
import django; django.setup()
import json
from django.db import connection
from tertia.core.access.models import IdempotencyKey
from tertia.core.actions.models import Event
from tertia.core.jobs.models import Job
from tertia.core.records.models import Record
from tertia.listen.needs.models import Need
needs = [n for n in Need.objects.all() if str(n.title).startswith("Fault ")]
whole = "ok"
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check"); whole = cursor.fetchone()[0]
events = dict.fromkeys((n.pk for n in needs), 0)
for pk in Event.objects.filter(action="needs.raise", record__in=list(events)).values_list("record", flat=True):
    events[pk] += 1
print(json.dumps({"needs": {str(n.title).removeprefix("Fault "): n.pk for n in needs}, "rows": len(needs), "events": sorted(set(events.values())),
    "failed": list(Job.objects.filter(state="failed").values_list("key", "error")), "waiting": Job.objects.exclude(state__in=["done", "failed"]).count(), "whole": whole}))
"""
