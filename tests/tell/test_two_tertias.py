"""A story told by one running Tertia to another over ActivityPub: delivered, corrected, withdrawn, and each once though the other one is killed in between."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from tests.database import migrated_sqlite

HEAD = """
import datetime as dt, django
django.setup()
from tertia.core.actions.actor import Actor
from tertia.core.jobs.queue import run_waiting
from tertia.core.languages.text import Text
from tertia.core.parties.models import Organisation
from tertia.tell.channels.actions import follow_account, open_channels
from tertia.tell.channels.deliver import deliver_due
from tertia.tell.channels.inbox import look_up
from tertia.tell.channels.models import Delivery, Followed, Follower, Received
from tertia.tell.stories.actions import correct_story, publish_story, send_story, withdraw_story, write_story
from tertia.tell.stories.models import Story
by, uni = Actor.system("test"), Organisation.objects.filter(hosts=True).get()
def words(text): return Text.of("en", en=text)
"""
WORK = "Delivery.objects.filter(state='waiting').update(next_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)); run_waiting(); deliver_due(); run_waiting()"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Node:
    """An installation of its own: home, database, keys, server on loopback."""

    def __init__(self, folder: Path, slug: str) -> None:
        self.home, self.slug, self.port = folder / slug, slug, free_port()
        self.home.mkdir()
        self.environment = {
            **os.environ, "TERTIA_HOME": str(self.home), "TERTIA_DATABASE": f"sqlite:///{self.home}/db.sqlite3", "TERTIA_DEMONSTRATION": "no", "TERTIA_TODAY": "",
            "TERTIA_BASE_URL": f"http://127.0.0.1:{self.port}", "TERTIA_INNER_CALLS": "yes", "DJANGO_SETTINGS_MODULE": "tertia.settings", "TERTIA_PAGE_CACHE": "no",
            "TERTIA_STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
        }  # fmt: skip
        self.server: subprocess.Popen[bytes] | None = None
        migrated_sqlite(self.home / "db.sqlite3")
        self.call("-m", "tertia", "setup", "--slug", slug, "--name-en", f"University {slug}", "--admin", f"admin@{slug}.example")
        self.do("open_channels(by=by, owner=uni, fediverse=True, telegram='', telegram_language='kk')")

    def call(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], env=self.environment, cwd=self.home, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-1500:]
        return done.stdout.strip()

    def do(self, code: str) -> str:
        return self.call("-c", HEAD + code)

    def start(self) -> None:
        self.server = subprocess.Popen(
            [sys.executable, "-m", "tertia.manage", "runserver", f"127.0.0.1:{self.port}", "--noreload"], env=self.environment, cwd=self.home, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2).read()
                return
            except OSError:
                time.sleep(0.2)
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        if self.server is not None:
            self.server.kill()
            self.server.wait()
            self.server = None


@pytest.fixture
def nodes(tmp_path: Path) -> Any:
    made = [Node(tmp_path, "teller"), Node(tmp_path, "hearer")]
    try:
        for node in made:
            node.start()
        yield made
    finally:
        for node in made:
            node.kill()


@pytest.mark.once  # two installations on SQLite, whatever database the suite runs on
def test_a_story_goes_to_another_tertia_changes_there_and_goes(nodes):
    teller, hearer = nodes
    hearer.do(f"follow_account(by=by, owner=uni, account=look_up('@teller@127.0.0.1:{teller.port}')); {WORK}")
    teller.do(WORK)
    hearer.do(WORK)
    assert hearer.do("print(Followed.objects.get().state)") == "accepted" and teller.do("print(Follower.objects.count())") == "1"
    teller.do(
        "story = write_story(by=by, owner=uni, title=words('A clean river'), summary=words('Forty bags.'), body=words('It is **cleaner**.'))\n"
        "send_story(by=by, story=story); publish_story(by=by, story=Story.objects.get(), now=dt.datetime.now(dt.UTC))\n" + WORK
    )
    hearer.do(WORK)
    assert hearer.do("r = Received.objects.get(); print(r.title, '|', r.words)") == "A clean river | It is cleaner ."
    page = urllib.request.urlopen(hearer.do("print(Received.objects.get().page)"), timeout=10).read().decode()
    assert "A clean river" in page

    hearer.kill()
    change = "s = Story.objects.get()\ncorrect_story(by=by, story=s, title=words('{}'), summary=s.summary, body=s.body, shows_people=False, consent_words='', words=words('Title'), on=dt.date.today())\n"
    teller.do(change.format("A cleaner river") + WORK)
    teller.do(change.format("The cleanest river") + WORK)
    assert (
        teller.do("print(sorted(Delivery.objects.exclude(telling=None).values_list('state', flat=True)))")
        == "['sent', 'waiting', 'waiting']"
    )
    hearer.start()
    teller.do(WORK)
    # as if the teller had stopped after sending and before noting it: everything goes out once more
    teller.do("Delivery.objects.exclude(telling=None).update(state='sending', lease_until=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))\n" + WORK)
    assert teller.do("print(set(Delivery.objects.values_list('state', flat=True)))") == "{'sent'}"
    hearer.do(WORK)
    assert hearer.do("print([r.title for r in Received.objects.all()])") == "['The cleanest river']"
    results = hearer.do(
        "from tertia.core.jobs.models import Job; print(sorted(j.result for j in Job.objects.filter(name='channels.inbox')))"
    )
    assert results == "['noted', 'received', 'received', 'received', 'seen before', 'seen before', 'seen before']"

    teller.do("withdraw_story(by=by, story=Story.objects.get(), reason=words('A mistake'))\n" + WORK)
    hearer.do(WORK)
    assert hearer.do("r = Received.objects.get(); print(repr(r.title), r.gone_at is not None)") == "'' True"
