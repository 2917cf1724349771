"""300 people amend recommendations in three sections at once for five minutes, through HTTP on PostgreSQL: nobody's words are lost, conflicts are shown.

Each person reads the section, writes an own word into a proposal (in place of the last one), and sends it with the version that was read. Where
somebody else was quicker the answer has to hold the own words and say so; then it is read and sent again. In the end every accepted word is looked for
among the kept versions, and each person's last one in the text that stands. `./run bench amend [PEOPLE] [SECONDS]`.
"""

from __future__ import annotations

import html
import http.client
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.bench_meeting import _served
from benchmarks.bench_sign_up import PORT, ROOT, _wait
from benchmarks.bench_votes import _python
from benchmarks.counting import p95

PREPARE = """
import datetime as dt, json
import django
django.setup()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db.models.query import QuerySet
from tertia.core.actions.actor import Actor
from tertia.core.languages.text import Text
from tertia.core.parties.actions import found_organisation
from tertia.core.parties.models import Account, Person
from tertia.core.parties.setup import load_basics
from tertia.core.periods import clock
from tertia.plan.conferences.actions import add_session, announce_conference, propose, register_participant
by = Actor.system("benchmark")
load_basics(by)
named = lambda words: Text.of("en", en=words)
uni = found_organisation(by=by, slug="uni", kind="university", name=named("The University"), hosts=True)
today, now = clock.today(), clock.now()
conference = announce_conference(by=by, owner=uni, title=named("The city"), starts_on=today, ends_on=today, visibility="public", registration_open=True)
sections = [add_session(by=by, conference=conference, kind="section", title=named(f"Section {n}"), room=f"R{n}", starts_at=now, ends_at=now + dt.timedelta(hours=3)) for n in range(3)]
told = []
for n in range(PEOPLE):
    account = Account.objects.create_user(f"p{n}@example.invalid")
    QuerySet(Person).bulk_create([Person(name=f"Person Number{n}", account=account, email=account.email, language="en")])
    register_participant(by=by, conference=conference, person=Person.objects.get(account=account), section=sections[n % 3])
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY], store[HASH_SESSION_KEY] = str(account.pk), "allauth.account.auth_backends.AuthenticationBackend", account.get_session_auth_hash()
    store.create()
    told.append([store.session_key, sections[n % 3].pk])
for section in sections:
    for n in range(PROPOSALS):
        propose(by=Actor.of(Person.objects.order_by("pk")[n], today), session=section, text=named(f"to do thing number {n} for the city"))
print(json.dumps(told))
"""
CHECK = """
import json
import django
django.setup()
from tertia.plan.conferences.models import Proposal, ProposalVersion
print(json.dumps({
    "versions": [v.text.read("en").text for v in ProposalVersion.objects.all()], "texts": [p.text.read("en").text for p in Proposal.objects.all()],
    "gaps": sum(p.versions.count() != p.version for p in Proposal.objects.all()),
}))
"""
PROPOSALS, COOKIE = 6, "a" * 32
_FORM = re.compile(
    r'name="proposal" value="(\d+)"><input type="hidden" name="version" value="(\d+)">.*?<textarea[^>]*>(.*?)</textarea>', re.DOTALL
)


@dataclass
class Told:
    """What one person saw: words that the server took, conflicts that were shown, requests that went wrong, seconds of each sending."""

    accepted: list[str] = field(default_factory=list)
    last: str = ""
    conflicts: int = 0
    wrong: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)


def main(argv: list[str]) -> None:
    from tertia.measure.indicators.engine.sources.postgres_server import postgres_server

    people, seconds = int(argv[0]) if argv else 300, int(argv[1]) if len(argv) > 1 else 300
    with tempfile.TemporaryDirectory(prefix="tertia-bench-") as folder, postgres_server(Path(folder) / "pg", durable=True) as address:
        home = Path(folder) / "one"
        home.mkdir()
        environment = {
            **os.environ, "TERTIA_HOME": str(home), "TERTIA_DATABASE": address, "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "tertia.settings",
            "TERTIA_BASE_URL": f"http://127.0.0.1:{PORT}",
        }  # fmt: skip
        for command in ("migrate", "collectstatic --noinput"):
            subprocess.run([sys.executable, "-m", "tertia.manage", *command.split(), "-v0"], env=environment, check=True)
        cast = json.loads(_python(f"PEOPLE, PROPOSALS = {people}, {PROPOSALS}\n" + PREPARE, environment))
        server = _served("tertia.wsgi:application", environment)
        try:
            _wait()
            told = [Told() for _one in cast]
            threads = [threading.Thread(target=_amend, args=(n, *cast[n], seconds, told[n])) for n in range(people)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(timeout=seconds + 120)
        finally:
            server.terminate()
            server.wait(timeout=20)
        _judge(told, json.loads(_python(CHECK, environment)), seconds)


def _amend(number: int, session: str, section: int, seconds: int, told: Told) -> None:
    pick, until, count, mine = random.Random(number), time.perf_counter() + seconds, 0, ""
    own = re.compile(rf"\bw{number}x\d+\b ?")
    time.sleep(pick.uniform(0, min(30, seconds / 2)))
    while time.perf_counter() < until:
        count += 1
        word, target = f"w{number}x{count}", None
        while time.perf_counter() < until + 60:
            try:
                forms = {pk: (version, html.unescape(text)) for pk, version, text in _FORM.findall(_call(session, section)[1])}
                target = target or mine or pick.choice(sorted(forms))
                version, text = forms[target]
                words = f"{own.sub('', text).strip()} {word}"
                began = time.perf_counter()
                status, page = _call(
                    session, section, {"do": "amend", "proposal": target, "version": version, "language": "en", "text": words}
                )
                told.times.append(time.perf_counter() - began)
            except (OSError, KeyError, http.client.HTTPException) as error:
                told.wrong.append(repr(error))
                break
            if status == 302:
                told.accepted.append(word)
                told.last, mine = word, target
                break
            if status == 200 and word in page and "Somebody changed this text while you wrote" in page:
                told.conflicts += 1
                continue
            told.wrong.append(f"{status} without the own words")
            break
        time.sleep(pick.uniform(20, 40))


def _call(session: str, section: int, body: dict[str, str] | None = None) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    try:
        headers = {
            "Cookie": f"sessionid={session}; csrftoken={COOKIE}",
            "X-CSRFToken": COOKIE,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection.request("POST" if body else "GET", f"/en/sections/{section}/", urlencode(body) if body else None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def _judge(told: list[Told], kept: dict, seconds: int) -> None:
    versions, texts = " ".join(kept["versions"]).split(), " ".join(kept["texts"]).split()
    known, standing = set(versions), set(texts)
    accepted = [word for one in told for word in one.accepted]
    lost = [word for word in accepted if word not in known]
    gone = [one.last for one in told if one.last and one.last not in standing]
    wrong = [w for one in told for w in one.wrong]
    times = sorted(t for one in told for t in one.times)
    assert accepted, "nobody amended anything"
    print(
        f"{len(told)} people, {seconds} s: {len(accepted)} amendments taken, {sum(one.conflicts for one in told)} conflicts shown with the own words and sent again; "
        f"lost from the versions {len(lost)}, last words missing in the texts {len(gone)}, proposals with a gap in their versions {kept['gaps']}, answers that went wrong {len(wrong)} {wrong[:2]}"
    )
    print(f"sending: p50 {times[len(times) // 2] * 1000:.0f} ms, p95 {p95(times) * 1000:.0f} ms, slowest {times[-1] * 1000:.0f} ms")
    assert not (lost or gone or kept["gaps"] or wrong)
