"""A university of 3,000 teachers: the load of the whole, of a faculty and of a chair, and the dean's list, on both databases.

Each teacher has a post, an agreed assignment of four lines and parts in activities. Beside us a peer: the department's own way, the same 12,000 lines in
one workbook, read (by the fastest reader of XLSX that is a package) and summed by faculty and chair. `./run bench load`.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TEACHERS, FACULTIES, CHAIRS, ACTIVITIES, TIMES = 3_000, 12, 5, 500, 21
LINES = ("lecture", "advice", "outreach", "volunteering")
PAGES = ("/en/faculty/load/", "/ru/faculty/load/?unit=f3", "/kk/faculty/load/?unit=f3c2", "/en/faculty/", "/en/faculty/profiles/")


def main(argv: list[str]) -> None:
    if "--inside" in argv:
        _inside()
        return
    _peer()
    from tertia.measure.indicators.engine.sources.postgres_server import postgres_server

    with tempfile.TemporaryDirectory(prefix="tertia-bench-") as folder, postgres_server(Path(folder) / "pg") as address:
        for name, url in (("SQLite", f"sqlite:///{folder}/bench.sqlite3"), ("PostgreSQL", address)):
            home = Path(folder) / name
            home.mkdir()
            environment = {
                **os.environ, "TERTIA_HOME": str(home), "TERTIA_DATABASE": url, "DJANGO_SETTINGS_MODULE": "tertia.settings", "TERTIA_PAGE_CACHE": "no",
                "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "TERTIA_STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
            }  # fmt: skip
            subprocess.run([sys.executable, "-m", "tertia.manage", "migrate", "-v0"], env=environment, check=True)
            subprocess.run([sys.executable, "benchmarks/run.py", "load", "--inside"], env=environment, check=True, cwd=ROOT)


def _lines(pick: random.Random) -> list[tuple[int, str, int]]:
    """(teacher, function, hours): what every party of the comparison counts."""
    return [(t, function, pick.randint(4, 40)) for t in range(TEACHERS) for function in LINES]


def _place(teacher: int) -> tuple[int, int]:
    return teacher % FACULTIES, teacher // FACULTIES % CHAIRS


def _peer() -> None:
    """The workbook of the departments, read and summed."""
    import xlsxwriter
    from python_calamine import CalamineWorkbook

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ("Teacher", "Faculty", "Chair", "Function", "Hours"))
    for n, (teacher, function, hours) in enumerate(_lines(random.Random(7)), 1):
        faculty, chair = _place(teacher)
        sheet.write_row(n, 0, (f"Teacher {teacher}", f"Faculty {faculty}", f"Chair {chair}", function, hours))
    book.close()
    times = []
    for _n in range(5):
        began = time.perf_counter()
        sums: dict[tuple[str, str], float] = defaultdict(float)
        for row in CalamineWorkbook.from_filelike(io.BytesIO(out.getvalue())).get_sheet_by_index(0).to_python()[1:]:
            sums[row[1], row[2]] += row[4]
        times.append(1000 * (time.perf_counter() - began))
    print(
        f"peer, the workbook read and summed by faculty and chair: {statistics.median(times):.0f} ms, {sum(sums.values()):.0f} hours in {len(sums)} chairs"
    )


def _inside() -> None:
    import django

    django.setup()
    from django.db import connection
    from django.test import Client

    from tertia.core.parties.models import Account

    _fill()
    for email in ("office@benchmark.invalid", "dean@benchmark.invalid"):
        client = Client()
        client.force_login(Account.objects.get(email=email), backend="allauth.account.auth_backends.AuthenticationBackend")
        for address in PAGES:
            times = []
            for _n in range(TIMES):
                began = time.perf_counter()
                answer = client.get(address, HTTP_HOST="localhost")
                assert answer.status_code == 200, (address, answer.status_code)
                times.append(1000 * (time.perf_counter() - began))
            times = sorted(times[1:])
            told = answer.context["whole"].load if "whole" in (answer.context or {}) else None
            what = f", {told.people} people, {told.planned:.0f} h planned, {told.signed:.0f} h confirmed" if told else ""
            print(
                f"{connection.vendor}, {email.split('@')[0]}: {address} p50 {statistics.median(times):.0f} ms, slowest of {len(times)} {times[-1]:.0f} ms{what}"
            )


def _fill() -> None:
    from django.db import connection
    from django.db.models.query import QuerySet

    from tertia.core.actions.actor import Actor
    from tertia.core.languages.text import Text
    from tertia.core.parties.actions import found_organisation, give_role
    from tertia.core.parties.models import Account, Membership, Person
    from tertia.core.parties.setup import load_basics
    from tertia.core.periods import clock
    from tertia.core.periods.years import academic_year
    from tertia.plan.faculty.actions import set_norm
    from tertia.plan.faculty.models import Assignment, AssignmentLine, Post

    by, pick, year = Actor.system("benchmark"), random.Random(7), academic_year(clock.today())
    load_basics(by)

    def named(words: str) -> Text:
        return Text.of("en", en=words, ru=words, kk=words)

    uni = found_organisation(by=by, slug="uni", kind="university", name=named("The University"), hosts=True)
    faculties = [found_organisation(by=by, slug=f"f{n}", kind="unit", name=named(f"Faculty {n}"), parent=uni) for n in range(FACULTIES)]
    chairs = {
        (n, c): found_organisation(by=by, slug=f"f{n}c{c}", kind="unit", name=named(f"Chair {c} of faculty {n}"), parent=faculties[n])
        for n in range(FACULTIES) for c in range(CHAIRS)
    }  # fmt: skip
    for key, role, unit in (("office", "office", None), ("dean", "editor", faculties[3])):
        account = Account.objects.create_user(f"{key}@benchmark.invalid")
        QuerySet(Person).bulk_create([Person(name=key, home=uni, account=account, email=account.email)])
        give_role(by=by, person=Person.objects.get(email=account.email), organisation=uni, role=role, valid_from=year.start, unit=unit)
    set_norm(by=by, organisation=uni, function="whole", valid_from=year.start, source="Council", most=Decimal(110))
    people = QuerySet(Person).bulk_create(
        [Person(name=f"Teacher Number{n}", key=f"T{n}", home=uni) for n in range(TEACHERS)], batch_size=500
    )
    said: Any = {"organisation": uni}
    QuerySet(Membership).bulk_create(
        [Membership(person=p, unit=faculties[_place(n)[0]], role="member", standing="staff", valid_from=year.before.start, **said) for n, p in enumerate(people)], batch_size=500
    )  # fmt: skip
    QuerySet(Post).bulk_create(
        [
            Post(person=p, unit=faculties[_place(n)[0]], chair=chairs[_place(n)], position="lecturer", starts_on=year.before.start, rate=Decimal(1), **said)
            for n, p in enumerate(people)
        ],
        batch_size=500,
    )  # fmt: skip
    made = QuerySet(Assignment).bulk_create(
        [
            Assignment(
                person=p, unit=faculties[_place(n)[0]], chair=chairs[_place(n)], position="lecturer", starts_on=year.start, ends_on=year.last_day, state="agreed",
                agreed_on=year.start, other_hours=Decimal(1300), **said,
            )
            for n, p in enumerate(people)
        ],
        batch_size=500,
    )  # fmt: skip
    QuerySet(AssignmentLine).bulk_create(
        [AssignmentLine(assignment=made[t], function=f, what="What is done", hours=Decimal(h), stands=True) for t, f, h in _lines(random.Random(7))], batch_size=500
    )  # fmt: skip
    _work(by, uni, people, year, pick)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _work(by: Any, uni: Any, people: Any, year: Any, pick: random.Random) -> None:
    """Activities of this year and the one before, with thirty of the staff each; nine of ten are signed."""
    from django.db.models import F
    from django.db.models.query import QuerySet
    from django.utils import timezone

    from tertia.act.activities.actions import claim_hours, write_activity
    from tertia.act.activities.models import HoursSheet, Participation
    from tertia.core.languages.text import Text
    from tertia.core.parties.actions import found_organisation

    host = found_organisation(by=by, slug="club", kind="nonprofit", name=Text.of("en", en="The Club"))
    for n in range(ACTIVITIES):
        day = year.before.start + dt.timedelta(days=n % 440)
        start = timezone.make_aware(dt.datetime.combine(day, dt.time(10)))
        activity = write_activity(
            by=by,
            owner=uni,
            title=Text.of("en", en=f"Activity {n}"),
            starts_at=start,
            ends_at=start + dt.timedelta(hours=4),
            host=host,
            held=True,
        )
        claim_hours(by=by, activity=activity, rows=[(p, None, Decimal(4), "staff") for p in pick.sample(people, 30)])
    signed = HoursSheet.objects.values_list("pk", flat=True)[: ACTIVITIES * 9 // 10]
    QuerySet(Participation).filter(sheet__in=list(signed)).update(hours_signed=F("hours_claimed"))
