"""A secret vote opened to 5,000 present members of a council, through real HTTP on PostgreSQL: all ballots in and counted, none lost, none doubled,
and after how long the chair's and the projector's pages show the last one.

Beside us a peer: the time that the same server takes for as many requests of the bare view of `votes`. `./run bench meeting [MEMBERS] [CONNECTIONS]`.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from benchmarks.bench_sign_up import PORT, ROOT, _wait
from benchmarks.bench_votes import BARE, _python, _request, _talk

PREPARE = """
import datetime as dt, json
import django
django.setup()
from django.test import Client
from tertia.core.access.models import Pass
from tertia.core.actions.action import action
from tertia.core.actions.actor import Actor
from tertia.core.actions.policies import system
from tertia.core.languages.text import Text
from tertia.core.parties.actions import claim_person, found_organisation, give_role
from tertia.core.parties.models import Account
from tertia.core.parties.setup import load_basics
from tertia.core.periods import clock
from tertia.plan.councils.actions import add_item, add_seat, begin_item, call_meeting, fill_seat, found_council, open_meeting, open_vote, plan_meeting
from tertia.plan.councils.models import Invitation, Presence, Tenure
by = Actor.system("benchmark")
load_basics(by)
name = lambda words: Text.of("en", en=words)
uni = found_organisation(by=by, slug="uni", kind="university", name=name("The University"), hosts=True)
today, now = clock.today(), clock.now()
account = Account.objects.create_user("office@example.invalid")
person = claim_person(by=by, account=account, today=today)
give_role(by=by, person=person, organisation=uni, role="office", valid_from=today - dt.timedelta(days=9))
council = found_council(by=by, owner=uni, title=name("Assembly"), form="other", on=today)
seat = add_seat(by=by, council=council, sector="academic", title=name("Seat"))
fill_seat(by=by, seat=seat, name="The chair", starts_on=today)
meeting = plan_meeting(by=by, council=council, starts_at=now, ends_at=now + dt.timedelta(hours=4), where="Hall")
item = add_item(by=by, meeting=meeting, title=name("The new rector"))
call_meeting(by=by, meeting=meeting)
open_meeting(by=by, meeting=meeting, chair_name="The chair")

@action("benchmark.members", may=system)
def members(*, by):
    made = Invitation.objects.bulk_create([Invitation(meeting=meeting, name=f"Member {n}", sector="academic", votes=True, sent_at=now, answer="accepted") for n in range(MEMBERS)])
    Presence.objects.bulk_create([Presence(invitation=i, came_at=now, how="link") for i in made])
    return Pass.objects.bulk_create([Pass(purpose="councils.seat", issued_by=uni, subject_id=i.pk, record=meeting, single_use=False, issued_at=now, expires_at=now + dt.timedelta(days=2)) for i in made])

passes = members(by=by)
begin_item(by=by, item=item)
motion = open_vote(by=by, item=item, text=name("Somebody"), form="secret")
client = Client()
client.force_login(account)
print(json.dumps({"slug": meeting.slug, "motion": motion.pk, "tokens": [p.token for p in passes], "session": client.cookies["sessionid"].value}))
"""
CHECK = """
import django
django.setup()
from tertia.plan.councils.models import Cast, Motion, SecretBallot
from tertia.core.actions.actor import Actor
from tertia.plan.councils.actions import close_vote
import time
motion = Motion.objects.get()
began = time.perf_counter()
closed = close_vote(by=Actor.system("benchmark"), motion=motion)
print(Cast.objects.count(), SecretBallot.objects.count(), closed.votes_for, closed.votes_against, f"{time.perf_counter() - began:.3f}")
"""


def main(argv: list[str]) -> None:
    from tertia.measure.indicators.engine.sources.postgres_server import postgres_server

    members, connections = int(argv[0]) if argv else 5000, int(argv[1]) if len(argv) > 1 else 32
    with tempfile.TemporaryDirectory(prefix="tertia-bench-") as folder, postgres_server(Path(folder) / "pg", durable=True) as address:
        home = Path(folder) / "one"
        home.mkdir()
        environment = {
            **os.environ, "TERTIA_HOME": str(home), "TERTIA_DATABASE": address, "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "tertia.settings",
            "TERTIA_BASE_URL": f"http://127.0.0.1:{PORT}",
        }  # fmt: skip
        for command in ("migrate", "collectstatic --noinput"):
            subprocess.run([sys.executable, "-m", "tertia.manage", *command.split(), "-v0"], env=environment, check=True)
        made = json.loads(_python(f"MEMBERS = {members}\n" + PREPARE, environment))
        ours = _vote(made, environment, members, connections)
        casts, ballots, votes_for, against, closing = _python(CHECK, environment).split()
        assert int(casts) == int(ballots) == members == int(votes_for) + int(against), (casts, ballots, votes_for, against)
        print(
            f"{ballots} ballots of {members} members, none lost, none doubled: for {votes_for}, against {against}; closing and counting {closing} s"
        )
    with tempfile.TemporaryDirectory(prefix="tertia-bench-") as folder, postgres_server(Path(folder) / "pg", durable=True) as address:
        theirs = _bare(Path(folder) / "one", address, members, connections)
    print(f"ratio to the bare view {theirs / ours:.2f}")


def _served(application: str, environment: dict[str, str]) -> subprocess.Popen:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(PORT), "--workers", "2", "--blocking-threads", "4", "--no-access-log", "--log-level", "error", application]  # fmt: skip
    return subprocess.Popen(command, env=environment)


def _vote(made: dict, environment: dict[str, str], members: int, connections: int) -> float:
    """Everybody at once, one ballot each; then the screen until it shows them all. Returns the seconds of voting."""
    token = "a" * 32
    requests = []
    for n, one in enumerate(made["tokens"]):
        body = f"do=cast&motion={made['motion']}&choice={'for' if n % 3 else 'against'}"
        requests.append(
            _request(f"/en/p/{one}/", body, f"Cookie: csrftoken={token}\r\nX-CSRFToken: {token}\r\n").replace(
                b"application/json", b"application/x-www-form-urlencoded"
            )
        )
    server = _served("tertia.wsgi:application", environment)
    try:
        _wait()
        done, took, late = _talk(requests, 600, connections, b"HTTP/1.1 302")
        late.sort()
        assert done == members
        print(
            f"{done} votes in {took:.1f} s, {done / took:.0f} a second; p50 {late[done // 2] * 1000:.0f} ms, p99 {late[int(done * 0.99)] * 1000:.0f} ms",
            flush=True,
        )
        for page in ("live", "screen", "room"):
            began, shown = time.perf_counter(), -1
            while shown != members:
                asked = urllib.request.Request(
                    f"http://127.0.0.1:{PORT}/en/meetings/{made['slug']}/{page}/", headers={"Cookie": f"sessionid={made['session']}"}
                )
                body = urllib.request.urlopen(asked).read().decode()
                found = re.search(r'<span class="figure s">(\d+)</span>\s*of \d+ that may vote', body)
                shown = int(found[1]) if found else -1
            print(f"{page}: shows all {shown} after {time.perf_counter() - began:.2f} s", flush=True)
        return took
    finally:
        server.terminate()
        server.wait(timeout=20)


def _bare(home: Path, address: str, members: int, connections: int) -> float:
    home.mkdir()
    os.environ.update(TERTIA_HOME=str(home), TERTIA_DATABASE=address, DJANGO_SETTINGS_MODULE="tertia.settings")
    from tertia.settings import _database

    environment = {**os.environ, "PYTHONPATH": str(home), "BARE_DATABASE": json.dumps(_database()), "DJANGO_SETTINGS_MODULE": ""}
    (home / "bare.py").write_text(BARE)
    _python(
        "import bare\nfrom django.db import connection\nwith connection.cursor() as c:\n"
        "    c.execute('CREATE TABLE bare_vote (id BIGSERIAL PRIMARY KEY, voice BIGINT, statement INTEGER, value SMALLINT, UNIQUE (voice, statement))')",
        environment,
    )
    server = _served("bare:application", environment)
    try:
        _wait()
        requests = [_request("/vote/", json.dumps({"voice": n, "number": 1, "value": 1}), "") for n in range(members)]
        done, took, _late = _talk(requests, 600, connections)
        print(f"bare view: {done} in {took:.1f} s, {done / took:.0f} a second", flush=True)
        return took
    finally:
        server.terminate()
        server.wait(timeout=20)
