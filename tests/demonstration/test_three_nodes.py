"""Three installations that know nothing of one another, each with its own database and key, and a university with a table, hand in to a fourth."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys

import pytest
from tests.cast import SYSTEM, text
from tests.database import migrated_sqlite

from tertia.core.files.sheets import write_sheet
from tertia.core.keys.actions import register_key
from tertia.core.parties.actions import found_organisation
from tertia.core.places.models import Place
from tertia.measure.country.actions import expect, receive
from tertia.measure.country.intake import look_at
from tertia.measure.country.models import HandIn, NationalFigure

TODAY = dt.date(2026, 11, 24)
NODES = ("node-a", "node-b", "node-c")


def node(folder, slug, students):
    """Set up an installation, bring in its people, export its facts, sign its package. Returns the package and the register row of its key."""
    home = folder / slug
    home.mkdir()
    environment = {
        **os.environ,
        "TERTIA_HOME": str(home),
        "TERTIA_DATABASE": f"sqlite:///{home}/db.sqlite3",
        "TERTIA_DEMONSTRATION": "no",
        "TERTIA_TODAY": "",
    }

    def run(*arguments):
        done = subprocess.run(
            [sys.executable, "-m", "tertia", *arguments], env=environment, cwd=home, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (arguments, done.stdout[-500:], done.stderr[-500:])
        return done.stdout

    migrated_sqlite(home / "db.sqlite3")
    run("setup", "--slug", slug, "--name-en", f"University {slug}", "--admin", f"admin@{slug}.example")
    rows = [f"S{n:05d};Student {n};student;member" for n in range(students)] + [
        f"T{n:04d};Teacher {n};staff;member" for n in range(students // 10)
    ]
    (home / "people.csv").write_text("key;name;standing;role\n" + "\n".join(rows), encoding="utf-8")
    run("people", "people.csv", "--organisation", slug)
    run("facts", "export", "--out", "facts")
    row = json.loads(run("key", "make", "--organisation", slug, "--out", "key.json"))["keys"][0]
    run("package", "make", "--facts", "facts", "--organisation", slug, "--key", "key.json", "--out", "package.zip")
    return (home / "package.zip").read_bytes(), row


@pytest.mark.django_db
@pytest.mark.once
def test_three_nodes_and_a_table_hand_in_and_a_stranger_s_package_is_refused(basics, tmp_path):
    keeper = found_organisation(by=SYSTEM, slug="ministry", kind="ministry", name=text("The Ministry"))
    place = Place.objects.get(code="KZ-75")
    universities = {
        slug: found_organisation(by=SYSTEM, slug=slug, kind="university", name=text(slug), place=place) for slug in (*NODES, "by-table")
    }  # fmt: skip
    expect(by=SYSTEM, keeper=keeper, organisations=list(universities.values()), since=dt.date(2024, 9, 1))
    made = {slug: node(tmp_path, slug, 40 + 10 * n) for n, slug in enumerate(NODES)}
    assert len({row["public"] for _, row in made.values()}) == 3

    def hand_in(slug, data):
        received = look_at(data, organisation=universities[slug], keeper=keeper, today=dt.date.fromisoformat(made["node-a"][1]["from"]))
        return receive(by=SYSTEM, keeper=keeper, received=received)

    first = hand_in("node-a", made["node-a"][0])
    assert first.check_state == "unknown-key" and first.state == "rejected"  # nobody has told the ministry of its key yet
    for slug, (_data, row) in made.items():
        register_key(
            by=SYSTEM, keeper=keeper, organisation=universities[slug], public=row["public"], valid_from=dt.date.fromisoformat(row["from"])
        )
    states = {slug: hand_in(slug, data) for slug, (data, _row) in made.items()}
    for slug, version in states.items():
        # a node that began today holds this year only: told so, not swallowed
        assert version.check_state == "valid" and {p["code"] for p in version.problems} <= {"period"}, (slug, version.problems)
        assert version.signed_by == made[slug][1]["public"]
    assert hand_in("node-b", made["node-c"][0]).state == "rejected"  # another's package
    table = write_sheet(
        "x", [(h, 9) for h in ("indicator", "period", "numerator", "denominator")], [("student-volunteers-share", "2025-26", 40, 100)]
    )
    assert hand_in("by-table", table).state == "accepted"
    assert NationalFigure.objects.get(organisation=universities["by-table"]).value == 40
    assert HandIn.objects.filter(keeper=keeper).count() == 6
