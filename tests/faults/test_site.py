"""A whole site, killed part by part while programs write: what was said to be kept is kept, once, and the site comes back by itself."""

from __future__ import annotations

import errno
import html
import json
import os
import random
import re
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from tests.faults.running import LOOK, Postgres, Site, Writers, postgres_site, sqlite_site

WORDS = {"en": "The site rests for a moment", "ru": "Сайт ненадолго остановился", "kk": "Сайт аз уақытқа тоқтады"}


@pytest.fixture
def place():
    """A folder that PostgreSQL's own user may reach too; pytest's are their owner's alone."""
    with tempfile.TemporaryDirectory(prefix="tertia-fault-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


def let_leases_run_out(site: Site) -> None:
    """A worker that was killed holds its job for two minutes more; the test does not wait for them."""
    site.do("-c", "import django; django.setup()\nfrom tertia.core.jobs.models import Job\nfrom django.utils import timezone\n"
            "Job.objects.filter(state='running').update(lease_until=timezone.now())")  # fmt: skip


def settled(site: Site) -> dict:
    """The site's data once all its jobs are done."""
    let_leases_run_out(site)
    site.until(lambda: json.loads(site.do("-c", LOOK))["waiting"] == 0, 120)
    assert "The journal is whole." in site.do("-m", "tertia", "journal", "verify")
    return json.loads(site.do("-c", LOOK))


def assert_nothing_lost_and_nothing_twice(site: Site, writers: Writers) -> None:
    found = settled(site)
    assert writers.strange == [] and len(writers.heard) > 20
    assert found["needs"] == writers.heard and found["rows"] == len(writers.heard)
    assert found["events"] == [1] and found["failed"] == [] and found["whole"] == "ok"


@contextmanager
def other_writing(site: Site):
    """Letters, and a long list of people, are being worked on meanwhile."""
    site.do("-c", "import django; django.setup()\nfrom tertia.core.messages.outbox import write_message\n"
            "[write_message(key=f'f{n}', to='a@example.org', language='en', subject='s', body='b', demonstration=True) for n in range(150)]")  # fmt: skip
    yield
    left = "import django; django.setup()\nfrom tertia.core.messages.models import Message\nprint(Message.objects.filter(key__startswith='f', sent_at=None).count())"
    let_leases_run_out(site)
    site.until(lambda: site.do("-c", left).strip() == "0", 120)


@pytest.mark.once
def test_server_and_workers_are_killed_while_programs_write(place):
    with sqlite_site(place) as site:
        with other_writing(site), Writers(site) as writers:
            for part in ("web", "worker", "server", "web", "worker"):
                time.sleep(random.uniform(0.5, 1.5))
                site.kill(part)
                site.until(site.is_ready, 60)
            before = len(writers.heard)
            site.until(lambda: len(writers.heard) > before + 20, 60)
        assert_nothing_lost_and_nothing_twice(site, writers)


def test_the_database_is_killed_and_gone_while_programs_write(place, request):
    gone = 30 if request.config.getoption("--long") else 6
    with postgres_site(place) as (site, postgres):
        with other_writing(site), Writers(site) as writers:
            for _turn in range(2):  # killed, and there again at once
                time.sleep(1.5)
                postgres.kill()
                postgres.start()
            time.sleep(1)
            postgres.kill()
            rested = _rests(site, gone)
            postgres.start()
            begun = time.monotonic()
            site.until(site.is_ready, 20)
            before = len(writers.heard)
            site.until(lambda: len(writers.heard) > before + 20, 60)
            assert time.monotonic() - begun < 60
        assert writers.refused.get(503)
        _sent_again(site, rested)
        assert_nothing_lost_and_nothing_twice(site, writers)
        _waited_not_ended(site, postgres)


def _rests(site: Site, seconds: float) -> tuple[requests.Session, str]:
    """Without its database the site says so in each language, at once; a form that is sent meanwhile is given back."""
    until = time.monotonic() + seconds
    reader = requests.Session()
    reader.cookies.set("csrftoken", "a" * 32)
    while True:
        for language, words in WORDS.items():
            begun = time.monotonic()
            answer = requests.get(f"{site.address}/{language}/needs/", timeout=20)
            assert answer.status_code == 503 and words in answer.text and answer.headers["Retry-After"] == "15", answer.text[:500]
            assert time.monotonic() - begun < 10
        form = {"title_en": "A bench at the «stop» & <light>", "summary_en": "Two lines\nof text", "csrfmiddlewaretoken": "a" * 32}
        answer = reader.post(f"{site.address}/en/needs/new/", files={name: (None, value) for name, value in form.items()}, timeout=20)
        assert answer.status_code == 503 and "held in this page" in answer.text
        program = requests.get(f"{site.address}/api/v1/records", timeout=20)
        assert program.status_code == 503 and program.json()["type"].endswith("resting")
        assert requests.get(f"{site.address}/healthz", timeout=5).status_code == 200
        assert requests.get(f"{site.address}/readyz", timeout=20).status_code == 503
        if time.monotonic() > until:
            return reader, answer.text
        time.sleep(1)


def _sent_again(site: Site, rested: tuple[requests.Session, str]) -> None:
    """The button of the resting page sends what it holds, and it is taken."""
    reader, page = rested
    held = {html.unescape(n): html.unescape(v) for n, v in re.findall(r'name="([^"]*)" value="([^"]*)"', page)}
    assert held["summary_en"] == "Two lines\nof text"
    answer = reader.post(f"{site.address}/en/needs/new/", data=held | {"sure": "yes"}, timeout=20)
    assert answer.status_code == 200 and "A bench at the «stop» &amp; &lt;light&gt;" in answer.text, answer.text[:3000]


def _waited_not_ended(site: Site, postgres: Postgres) -> None:
    """The worker of jobs outlives its database: it is the same process afterwards."""
    before = site.workers()
    postgres.kill()
    time.sleep(3)
    postgres.start()
    site.until(site.is_ready, 20)
    assert site.workers() == before


@contextmanager
def small_disk(folder, megabytes):
    """A file system of its own; only root may make one."""
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "none", folder], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("only root may make a small file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=False)


def fill(folder):
    """Leaves no byte on the disk. Returns the file that takes its place."""
    file = folder / "filler"
    with open(file, "wb", buffering=0) as out:
        for block in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    out.write(b"\0" * block)
            except OSError as error:
                assert error.errno == errno.ENOSPC
    return file


@pytest.mark.once
def test_a_full_disk_refuses_in_words_and_keeps_what_there_is(place):
    with small_disk(place / "disk", 120) as disk, sqlite_site(disk) as site:
        with Writers(site) as writers:
            time.sleep(1.5)
            filler = fill(disk)
            site.until(lambda: writers.refused.get(503, 0) > 10, 30)
            answer = requests.get(f"{site.address}/en/needs/", timeout=20)
            assert answer.status_code == 200  # reading goes on
            head = {"Authorization": f"Bearer {site.token}"}
            said = requests.post(f"{site.address}/api/v1/needs", json={"en": "No room"}, headers=head, timeout=20)
            assert said.status_code == 503 and said.json()["type"].endswith("resting")
            os.remove(filler)
            before = len(writers.heard)
            site.until(lambda: len(writers.heard) > before + 20, 40)
        assert_nothing_lost_and_nothing_twice(site, writers)


def test_a_full_disk_of_postgresql_refuses_in_words_and_keeps_what_there_is(place):
    with small_disk(place / "disk", 400) as disk, postgres_site(disk) as (site, postgres):
        with Writers(site) as writers:
            time.sleep(1.5)
            filler = fill(disk)
            site.until(lambda: writers.refused.get(503, 0) > 10, 60)
            answer = requests.get(f"{site.address}/ru/needs/", timeout=20)
            assert answer.status_code in (200, 503)
            os.remove(filler)
            if not site.is_ready():  # PostgreSQL ends when it cannot write its log ahead, and its unit starts it again
                postgres.start()
            before = len(writers.heard)
            site.until(lambda: len(writers.heard) > before + 20, 60)
        assert_nothing_lost_and_nothing_twice(site, writers)
