"""Calendars of others: read or refused with a reason, taken in as activities, undone; what we write we read again."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from tests.web.test_matrix import signed_in

from tertia.act.activities.models import Activity
from tertia.core.intake.models import IntakeRun
from tertia.core.jobs.queue import run_waiting
from tertia.core.periods.ical import CalendarEntry, calendar_file
from tertia.core.periods.ical_reading import CalendarUnreadable, read_calendar

SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "icalendar" / "icalendar_tests.tar.gz"
WHEN = dt.datetime(2026, 12, 1, 4, tzinfo=dt.UTC)


def test_every_sample_calendar_is_read_or_told_why_not():
    if not SAMPLES.exists():
        pytest.skip("the samples are not here")
    found = {}
    with tarfile.open(SAMPLES) as archive:
        for member in archive:
            if member.isfile():
                found[member.name] = read_calendar(archive.extractfile(member).read())  # type: ignore[union-attr]
    assert len(found) == 108 and sum(r.what == "component" for r in found.values()) == 36
    assert found["calendars/broken_dtstart.ics"].unread == [(1, "broken")]
    assert sum(len(r.events) for r in found.values()) == 79


def test_what_we_write_reads_back_equal():
    entries = [
        CalendarEntry("a@x", "Шара; ән, би", WHEN, WHEN + dt.timedelta(hours=2), WHEN, where="Зал 2", words="Екі жол\nжәне ;,\\", url="https://a.example/x", zone="Asia/Almaty"),
        CalendarEntry("b@x", "Called off", WHEN, None, WHEN, cancelled=True),
    ]  # fmt: skip
    first, second = read_calendar(calendar_file(entries, "N")).events
    assert (first.title, first.starts, first.ends, first.where, first.words, first.url) == (
        "Шара; ән, би",
        WHEN,
        entries[0].ends_at,
        "Зал 2",
        "Екі жол\nжәне ;,\\",
        "https://a.example/x",
    )
    assert second.cancelled and second.ends == WHEN


def test_the_order_of_events_in_a_file_changes_nothing():
    head, *events = ICS.split("BEGIN:VEVENT\n")
    events = [e.replace("END:VCALENDAR\n", "") for e in events]
    turned = head + "".join(f"BEGIN:VEVENT\n{e}" for e in reversed(events)) + "END:VCALENDAR\n"
    assert (
        set(read_calendar(turned.encode()).events) == set(read_calendar(ICS.encode()).events)
        and len(read_calendar(ICS.encode()).events) == 3
    )


@given(st.text(max_size=200))
def test_no_words_make_the_reader_fall(words):
    for data in (words, f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261201\n{words}\nEND:VEVENT\nEND:VCALENDAR"):
        try:
            read_calendar(data.encode("utf-8", "surrogatepass"))
        except CalendarUnreadable as error:
            assert error.code in ("empty", "no-calendar")


ICS = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1
SUMMARY:Ашық есік күні
DTSTART:20261201T100000
DTEND:20261201T120000
LOCATION:Зал
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Субботник
DTSTART;VALUE=DATE:20260901
RRULE:FREQ=WEEKLY
END:VEVENT
BEGIN:VEVENT
UID:3
SUMMARY:Без начала
END:VEVENT
BEGIN:VEVENT
UID:4
SUMMARY:Отменено
DTSTART:20261202T100000
STATUS:CANCELLED
END:VEVENT
END:VCALENDAR
"""


def test_a_calendar_is_taken_in_as_activities_once_and_undone(world):
    client = signed_in(world, "office")
    for turn in range(2):
        client.post("/en/lists/", {"kind": "calendar", "file": SimpleUploadedFile("c.ics", ICS.encode())})
        run_waiting()
        run = IntakeRun.objects.order_by("-pk").first()
        if turn == 0:
            page = client.get(f"/en/lists/{run.pk}/").content.decode()
            assert "Event 3 has no beginning" in page and "Event 4 was called off" in page
        client.post(f"/en/lists/{run.pk}/", {"do": "take"})
        run_waiting()
    found = {str(a.title): a for a in Activity.objects.all()}
    assert (
        set(found) == {"Ашық есік күні", "Субботник"} and found["Субботник"].state == "held" and found["Ашық есік күні"].state == "planned"
    )
    assert found["Ашық есік күні"].starts_at == dt.datetime(2026, 12, 1, 5, tzinfo=dt.UTC) and found["Ашық есік күні"].where == "Зал"
    first = IntakeRun.objects.order_by("pk").first()
    client.post(f"/en/lists/{first.pk}/", {"do": "undo"})
    run_waiting()
    assert not Activity.objects.exists()


def test_the_commands_print_what_they_read(tmp_path):
    calendar, feed = tmp_path / "a.ics", tmp_path / "a.xml"
    calendar.write_text(ICS, encoding="utf-8")
    feed.write_text(
        "<rss version='2.0'><channel><title>T</title><item><title>A &lt;b&gt;x&lt;/b&gt;</title><link>/1</link></item><item></item></channel></rss>",
        encoding="utf-8",
    )

    def run(*arguments):
        done = subprocess.run([sys.executable, "-m", "tertia", *arguments, "--json"], capture_output=True, text=True, check=False)
        return done.returncode, json.loads(done.stdout)

    code, said = run("calendar", "read", str(calendar))
    assert (
        code == 1
        and [e["title"] for e in said["events"]] == ["Ашық есік күні", "Субботник", "Отменено"]
        and said["unread"][0]["code"] == "no-start"
    )
    assert said["events"][1]["recurs"] and said["events"][1]["whole_days"] and said["events"][0]["starts"] == "2026-12-01T10:00:00+05:00"
    code, said = run("feeds", "read", str(feed), "--address", "https://o.example/feed")
    assert (
        code == 1
        and said["pieces"][0]["title"] == "A x"
        and said["pieces"][0]["address"] == "https://o.example/1"
        and said["unread"][0]["code"] == "nothing"
    )
    assert run("feeds", "read", str(calendar))[0] == 2
