"""Lists as registrars keep them: read, looked through, taken in, broken off, repeated, undone."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import SYSTEM, TODAY, make_student, write_directly

from tertia.act.activities.actions import ask_host, attest_hours
from tertia.act.activities.models import Activity, HoursSheet, Participation
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, NotAllowed, WrongState
from tertia.core.files.sheets import SheetUnreadable
from tertia.core.intake import lookup
from tertia.core.intake.actions import (
    begin_taking,
    begin_undoing,
    forget_lists,
    keep_file,
    note_looked_through,
    send_list,
    take_batch,
    undo_batch,
)
from tertia.core.intake.lookup import faulty_lines
from tertia.core.intake.models import IntakeMade, IntakeRow, IntakeRun
from tertia.core.intake.people import COLUMNS
from tertia.core.intake.reading import day_of, open_list, words_of
from tertia.core.intake.work import check_list, start, take_list, taking, undo_list
from tertia.core.jobs.queue import run_waiting
from tertia.core.parties.models import Membership, Person

ROSTER = """Список студентов на 1 сентября;;;;
;;;;
Номер студента;ФИО;Факультет;Дата рождения;Почта
S100;Асель Нұрланқызы Әбенова;Faculty of Law;01.02.2006;a@example.org
S101;Ержан Қасымов;;38749;
S102;;Faculty of Law;3 марта;b@
S103;Дана;Нет такого;2006-05-06;
S100;Асель Нұрланқызы Әбенова;Faculty of Law;2006-02-01;a@example.org
S104;Один;;;
S104;Другой;;;
010203550123;Ким;;;
"""


def send(world, data, kind="people", by=None, name="list.csv"):
    draft, digest, size = keep_file([data])
    return send_list(
        by=by or world.office, organisation=world.university, kind=kind, name=name, draft=draft, digest=digest, size=size, language="ru"
    )


def checked(world, data, **more):
    run = send(world, data, **more)
    check_list(run.pk)
    run.refresh_from_db()
    return run


def taken(world, data, **more):
    run = begin_taking(by=world.office, run=checked(world, data, **more))
    take_list(run.pk)
    run.refresh_from_db()
    return run


def book(rows, dates=(), merge=()):
    """A workbook with real dates, serial numbers, formulas and merged cells."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, day = made.add_worksheet("Тізім"), made.add_format({"num_format": "dd.mm.yyyy"})
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, dt.date):
                sheet.write_datetime(r, c, dt.datetime.combine(value, dt.time()), day)
            elif isinstance(value, str) and value.startswith("="):
                sheet.write_formula(r, c, value, None, value[1:].strip('"'))
            else:
                sheet.write(r, c, value)
    for first, last, column, value in merge:
        sheet.merge_range(first, column, last, column, value)
    made.close()
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8", "utf-8-sig", "utf-16"])
def test_a_roster_as_a_registrar_keeps_it(world, encoding):
    words = ROSTER if encoding != "cp1251" else ROSTER.replace("Нұрланқызы Әбенова", "Нурлановна").replace("Қасымов", "Касымов")
    run = checked(world, words.encode(encoding))
    assert (run.state, run.rows, run.new, run.repeated, run.faulty) == ("checked", 8, 2, 1, 5), run.faults
    said = {(line, where): sentence for line, where, sentence in run.faults}
    assert {(6, "B6"), (6, "D6"), (6, "E6"), (7, "C7"), (11, "A11")} <= set(said)
    assert "IIN" in said[11, "A11"] or "ИИН" in said[11, "A11"]
    assert {line for line, _w, _s in run.faults} == {6, 7, 9, 10, 11}  # of two lines that contradict each other neither is taken
    assert not Person.objects.filter(key="S100").exists()  # nothing is changed by looking
    run = begin_taking(by=world.office, run=run)
    take_list(run.pk)
    run.refresh_from_db()
    assert (run.state, run.new, run.done_lines) == ("taken", 2, 8)
    person = Person.objects.get(key="S100")
    assert person.birth_date == dt.date(2006, 2, 1) and person.email == "a@example.org" and person.home == world.university
    assert Membership.objects.get(person=person).unit == world.unit
    assert Person.objects.get(key="S101").birth_date == dt.date(2006, 2, 1)  # a serial day
    assert not Person.objects.filter(key__in=("S102", "S103", "S104")).exists()


def test_a_workbook_with_merged_cells_formulas_and_dates(world):
    head = ["№", "Студенттің нөмірі", "Тегі", "Аты", "Бөлімше", "Туған күні"]
    rows = [
        ["Топ 101"],
        [],
        head,
        [1, 20231001, "Иванова", "Анна", None, dt.date(2006, 2, 1)],
        [2, 20231002, "Ли", '="Пётр"', None, "02.03.2006"],
    ]
    run = taken(world, book(rows, merge=[(3, 4, 4, "Faculty of Law")]), name="list.xlsx")
    assert (run.state, run.new, run.faulty) == ("taken", 2, 0), run.faults
    assert {(p.key, p.name, p.birth_date) for p in Person.objects.filter(key__startswith="2023")} == {
        ("20231001", "Анна Иванова", dt.date(2006, 2, 1)), ("20231002", "Пётр Ли", dt.date(2006, 3, 2)),
    }  # fmt: skip
    assert Membership.objects.filter(person__key__startswith="2023", unit=world.unit).count() == 2


def test_the_same_list_again_and_a_changed_one(world):
    data = ROSTER.encode()
    first = taken(world, data)
    assert send(world, data).pk == first.pk and IntakeRun.objects.count() == 1
    with pytest.raises(WrongState):
        begin_taking(by=world.office, run=first)
    # another file that says the same changes nothing; one that says something else changes that
    run = taken(world, data + b"\n")
    assert (run.new, run.changed, run.same) == (0, 0, 2) and not IntakeRow.objects.filter(run=run).exists()
    run = taken(world, data.replace("Ержан".encode(), "Ерлан".encode()))
    assert (run.new, run.changed, run.same) == (0, 1, 1) and Person.objects.get(key="S101").name == "Ерлан Қасымов"
    assert Person.objects.get(key="S101").birth_date  # what a list leaves empty stays
    begin_undoing(by=world.office, run=run)
    undo_list(run.pk)
    assert Person.objects.get(key="S101").name == "Ержан Қасымов"


def test_broken_off_it_goes_on_and_ends_in_the_same_state(world, monkeypatch):
    monkeypatch.setattr(lookup, "BATCH", 10)
    data = ("number;name\n" + "".join(f"N{n:04};Person {n}\n" for n in range(95))).encode()
    run = begin_taking(by=world.office, run=checked(world, data))
    steps = taking(run, world.office)
    for _step in range(3):
        now = next(steps)
    steps.close()
    assert now.done_lines == 30 and Person.objects.filter(key__startswith="N").count() == 30
    # a batch that comes twice is taken once
    line = lookup.Line(5, "N9999", None)
    assert take_batch(by=world.office, run=now, lines=[line], rows=1, upto=5, on=TODAY).done_lines == 30
    take_list(run.pk)
    take_list(run.pk)
    run.refresh_from_db()
    assert (run.state, run.new, run.done_lines, run.rows) == ("taken", 95, 95, 95)
    assert Person.objects.filter(key__startswith="N").count() == 95 == Membership.objects.filter(person__key__startswith="N").count()


def test_undoing_leaves_what_somebody_has_built_on(world):
    run = taken(world, b"number,name\nS1,One\nS2,Two\nS3,Three\n")
    two, three = Person.objects.get(key="S2"), Person.objects.get(key="S3")
    hours = taken(world, "number;activity;date;host;hours\nS2;Уборка реки;21.11.2026;The Club;3,5\n".encode(), kind="hours")
    assert hours.new == 1
    begin_undoing(by=world.office, run=run)
    undo_list(run.pk)
    run.refresh_from_db()
    assert (run.state, run.stay) == ("undone", 1)
    assert set(Person.objects.filter(key__in=("S1", "S2", "S3"))) == {two} and Membership.objects.filter(person=two).count() == 1
    assert not Membership.objects.filter(person=three.pk).exists() and not IntakeMade.objects.filter(run=run).exists()
    # undone, the same file may be taken in anew
    again = taken(world, b"number,name\nS1,One\nS2,Two\nS3,Three\n")
    assert again.pk == run.pk and (again.new, again.same) == (2, 1)


HOURS = """Студенттің нөмірі;Іс-шара;Күні;Серіктес;Сағат
S1;Өзенді тазалау;21.11.2026;The Club;3,5
S2;Өзенді тазалау;21.11.2026;the club;4
S1;Балаларға сабақ;2026-11-20;The Akimat;2
S9;Өзенді тазалау;21.11.2026;The Club;1
S1;Кеше;31.12.2030;The Club;1
S1;Ұзақ;20.11.2026;Nobody;25
"""


@pytest.fixture
def students(world):
    found = [make_student(world, n) for n in (1, 2)]
    for n, person in enumerate(found, start=1):
        person.key = f"S{n}"
        write_directly(person)
    return found


def test_past_hours_are_claims_until_the_host_signs(world, students):
    run = checked(world, HOURS.encode(), kind="hours")
    assert (run.rows, run.new, run.faulty) == (6, 3, 3), run.faults
    assert {line for line, _w, _s in run.faults} == {5, 6, 7} and len([f for f in run.faults if f[0] == 7]) == 2
    run = begin_taking(by=world.office, run=run)
    take_list(run.pk)
    river = Activity.objects.get(starts_on=dt.date(2026, 11, 21))
    assert river.state == "held" and river.host == world.partner and river.ends_at - river.starts_at == dt.timedelta(hours=4)
    parts = Participation.objects.filter(sheet__activity=river)
    assert {(p.person, p.hours_claimed, p.hours_signed, p.unit) for p in parts} == {
        (students[0], Decimal("3.5"), None, world.unit), (students[1], Decimal(4), None, world.unit),
    }  # fmt: skip
    sheet = ask_host(by=world.office, sheet=river.sheet, on=TODAY)
    attest_hours(by=Actor.holding(sheet.link), sheet=sheet, changes={}, absent=set())
    # the same again changes nothing; what was signed is not overwritten
    more = checked(
        world, HOURS.replace("S2;Өзенді тазалау;21.11.2026;the club;4", "S2;Өзенді тазалау;21.11.2026;the club;5").encode(), kind="hours"
    )
    assert (more.new, more.same, more.faulty) == (0, 2, 4)
    begin_undoing(by=world.office, run=run)
    undo_list(run.pk)
    run.refresh_from_db()
    assert run.state == "undone" and run.stay == 2
    assert [a.pk for a in Activity.objects.all()] == [river.pk] and HoursSheet.objects.count() == 1


def test_the_file_to_correct_is_corrected_and_sent_again(world):
    run = checked(world, ROSTER.encode())
    head, *rows = list(faulty_lines(run))
    assert head[:3] == ["Номер студента", "ФИО", "Факультет"] and len(rows) == 5
    assert rows[0][0] == "S102" and "b@" in rows[0]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerows([head, ["S102", "Болат", "Faculty of Law", "03.03.2006", "b@example.org", rows[0][-1]]])
    assert taken(world, out.getvalue().encode("utf-8-sig")).new == 1


def test_in_the_browser(world):
    client = Client()
    client.force_login(world.people["office"].account)
    page = client.get("/ru/lists/")
    assert page.status_code == 200
    sent = client.post(
        "/ru/lists/", {"kind": "people", "file": SimpleUploadedFile("list.csv", ROSTER.encode("cp1251", "replace"))}, follow=True
    )
    run = IntakeRun.objects.get()
    assert sent.redirect_chain[-1][0] == f"/ru/lists/{run.pk}/" and "E6" in sent.content.decode()
    again = client.get(f"/ru/lists/{run.pk}/to-correct.csv")
    assert "S102" in b"".join(again.streaming_content).decode("utf-8-sig")
    done = client.post(f"/ru/lists/{run.pk}/", {"do": "take"}, follow=True)
    run.refresh_from_db()
    assert run.state == "taken" and done.status_code == 200
    assert client.post(f"/ru/lists/{run.pk}/", {"do": "take"}).status_code == 200  # told, not done
    client.post(f"/ru/lists/{run.pk}/", {"do": "undo"})
    run.refresh_from_db()
    assert run.state == "undone"
    bad = client.post("/ru/lists/", {"kind": "people", "file": SimpleUploadedFile("x.csv", b"a,b\n1,2\n")}, follow=True).content.decode()
    assert "номер студента" in bad.lower() or "student number" in bad
    assert client.get(f"/ru/lists/{run.pk}/", headers={"HX-Request": "true"}).content.startswith(b'<div id="state"')
    other = Client()
    other.force_login(world.people["other-office"].account)
    assert other.get(f"/ru/lists/{run.pk}/").status_code == 404


def test_a_missing_name_is_told_at_its_cell_where_names_stand_in_two_columns(world):
    run = checked(world, b"number;family name;given name\nS1;;\n")
    assert [row[1] for row in run.faults] == ["B2"]


def test_long_lists_are_the_worker_s(world):
    run = send(world, b"number,name\nS1,One\n")
    start("check", run)
    run_waiting()
    run.refresh_from_db()
    begin_taking(by=world.office, run=run)
    start("take", run)
    run_waiting()
    begin_undoing(by=world.office, run=IntakeRun.objects.get())
    start("undo", run)
    run_waiting()
    run.refresh_from_db()
    assert run.state == "undone" and not Person.objects.filter(key="S1").exists()


def test_what_is_refused(world):
    for by in (world.member, world.editor, world.other_office):
        with pytest.raises(NotAllowed):
            send(world, b"number,name\n1,2\n", by=by)
    with pytest.raises(BadInput):
        send(world, b"")
    run = send(world, b"number,name\nS1,One\n")
    with pytest.raises(WrongState):
        begin_taking(by=world.office, run=run)
    assert note_looked_through(by=SYSTEM, run=run, found=None, sentence="broken").state == "unreadable"
    for data in (b"PK\x03\x04 broken", b"\x00\x01\x02", b"nothing\n"):
        assert checked(world, data).state == "unreadable"
    run = taken(world, b"number,name\nS1,One\n")
    assert undo_batch(by=world.office, run=run).state == "taken"
    assert run.file.exists()
    assert forget_lists(by=SYSTEM, before=run.sent_at + dt.timedelta(days=1)) == 1
    assert not run.file.exists() and Person.objects.filter(key="S1").exists()


def test_days_as_people_write_them(tmp_path):
    good = {"24.11.2026": dt.date(2026, 11, 24), "24/11/26": dt.date(2026, 11, 24), "1.2.06 г.": dt.date(2006, 2, 1), "2026-11-24 10:00:00": dt.date(2026, 11, 24), 46350: dt.date(2026, 11, 24), "46350": dt.date(2026, 11, 24), "01.02.85": dt.date(1985, 2, 1)}  # fmt: skip
    assert {k: day_of(k) for k in good} == good
    assert day_of("") is None is day_of(None) and day_of("  ") is None
    for bad in ("31.02.2026", "вчера", "12", 5, "2026-13-01", "99.99.9999"):
        with pytest.raises(ValueError):
            day_of(bad)
    assert words_of(" a\u00a0 b ") == "a b" and words_of(12.0) == "12"
    (tmp_path / "x").write_bytes(b"a;b\n")
    with pytest.raises(SheetUnreadable):
        open_list(tmp_path / "x", COLUMNS, ("number",))


@given(st.dates(dt.date(1930, 1, 2), dt.date(2079, 12, 31)))
def test_every_day_is_read_however_it_is_written(day):
    serial = (day - dt.date(1899, 12, 30)).days
    for said in (day, day.isoformat(), f"{day:%d.%m.%Y}", f"{day.day}/{day.month}/{day.year}", serial, str(serial), float(serial)):
        assert day_of(said) == day
