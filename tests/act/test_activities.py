"""Activities in full: one form, series, copies, entering for somebody else, outcomes, pictures, calendars, lists."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from icalendar import Calendar
from PIL import Image
from tests.cast import SYSTEM, TODAY, make_activity, make_measure, make_person, make_sheet, make_student, text
from tests.core.test_intake import send
from tests.web.test_matrix import signed_in

from tertia.act.activities.actions import (
    Details,
    add_photo,
    attest_hours,
    change_activity,
    confirm_entry,
    confirm_outcome,
    evaluate,
    make_calendar_link,
    move_activity,
    remove_photo,
    repeat_activity,
    revoke_calendar_link,
    say_engagement,
    write_activity,
    write_outcome,
)
from tertia.act.activities.engagement import FIRST, kinds, question
from tertia.act.activities.models import Activity, HoursSheet, Photo
from tertia.act.activities.queries import activities_for
from tertia.core.actions.actor import ANONYMOUS, Actor
from tertia.core.actions.errors import BadInput, NotAllowed, WrongState
from tertia.core.files.store import take
from tertia.core.intake.work import check_list, take_list, undo_list
from tertia.core.messages.models import Message
from tertia.core.parties.models import Person
from tertia.core.records.models import Link

HOUR = dt.timedelta(hours=1)
TEN = dt.datetime(2026, 11, 21, 10, tzinfo=dt.timezone(5 * HOUR))


def write(world, words="River day", *, by=None, at=TEN, lasts=3 * HOUR, **more):
    return write_activity(by=by or world.office, owner=world.university, title=text(words), starts_at=at, ends_at=at + lasts, **more)


BODY = {
    "title_en": "River day", "day": "2026-11-21", "from_time": "10:00", "to_time": "13:00", "where": "At the bridge", "host": "the club", "lines": "S00001 S00002\nS00003 1,5",
    "reached": "40", "outputs_en": "2 km cleaned",
}  # fmt: skip


def test_one_form_writes_the_activity_the_hours_and_asks_the_host(world):
    for n in (1, 2, 3):
        make_student(world, n)
    measure = make_measure(world)
    office = signed_in(world, "office")
    answer = office.post("/en/activities/new/", {**BODY, "carries": measure.pk, "groups": ["children"], "staff_days": "1.5"})
    assert answer.status_code == 302, answer.content.decode()
    made = Activity.objects.get()
    assert (made.state, made.host, made.reached, made.staff_days, made.engagement) == ("held", world.partner, 40, Decimal("1.5"), "")
    sheet = HoursSheet.objects.get(activity=made)
    assert sheet.state == "asked" and sorted(p.hours_claimed for p in sheet.participations.all()) == [Decimal("1.5"), 3, 3]
    assert Link.objects.filter(lower=made, upper=measure, relation="carries-out").exists()
    page = office.get(made.get_absolute_url()).content.decode()
    assert "Whom was it mainly for?" in page and "2 km cleaned" in page


def test_a_wrong_line_leaves_nothing_half_written_and_keeps_the_words(world):
    make_student(world, 1)
    office = signed_in(world, "office")
    answer = office.post("/en/activities/new/", {**BODY, "lines": "S00001\nS99999"})
    page = answer.content.decode()
    assert answer.status_code == 200 and "nobody with the number S99999" in page and "At the bridge" in page
    assert Activity.objects.count() == 0
    unknown = office.post("/en/activities/new/", {**BODY, "host": "Nobody Ltd", "lines": ""}).content.decode()
    assert "There is no organisation of this name" in unknown and Activity.objects.count() == 0


def test_two_questions_in_plain_words_find_the_kind(world):
    made = write(world)
    first = question(FIRST)
    assert all(a.to or a.kind for a in first.answers)
    reachable, waiting = set(), [first]
    while waiting:
        for a in waiting.pop().answers:
            if a.kind:
                reachable.add(a.kind)
            else:
                waiting.append(question(a.to))
    assert reachable == set(kinds()), "every kind is found by some answers"
    office = signed_in(world, "office")
    page = office.get(f"{made.get_absolute_url()}?kind=what-done").content.decode()
    assert "What did we do?" in page
    office.post(made.get_absolute_url(), {"do": "kind", "engagement": "volunteering"})
    made.refresh_from_db()
    assert made.engagement == "volunteering"
    assert "Whom was it mainly for?" not in office.get(made.get_absolute_url()).content.decode()
    with pytest.raises(BadInput):
        say_engagement(by=world.office, activity=made, engagement="synergy")


def test_what_is_entered_for_somebody_counts_when_that_person_confirms(world):
    teacher = make_person(world.university, "teacher", world.university, "member", standing="staff")
    teacher.key, teacher.home = "T0001", world.university
    from tests.cast import write_directly

    write_directly(teacher)
    teacher = Person.objects.get(pk=teacher.pk)
    made = write(world, by=world.office, entered_for=teacher, held=True)
    assert made.visibility == "office" and not activities_for(ANONYMOUS).filter(pk=made.pk).exists()
    assert Message.objects.filter(key=f"entered:{made.pk}", to=teacher.email).exists()
    with pytest.raises(NotAllowed):
        confirm_entry(by=world.office, activity=made, on=TODAY)
    from tertia.core.facts.declare import FACTS

    assert FACTS["activity"].rows(world.university).count() == 0
    confirm_entry(by=Actor.of(teacher, TODAY), activity=made, on=TODAY)
    assert activities_for(ANONYMOUS).filter(pk=made.pk).exists() and FACTS["activity"].rows(world.university).count() == 1
    with pytest.raises(BadInput):
        confirm_entry(by=Actor.of(teacher, TODAY), activity=made, on=TODAY)
    other = write(world, "Wrong", entered_for=teacher, held=False)
    assert confirm_entry(by=Actor.of(teacher, TODAY), activity=other, on=TODAY, right=False).state == "withdrawn"
    with pytest.raises(BadInput):
        write(world, entered_for=world.people["citizen"])


def test_a_series_keeps_the_hour_over_months_and_is_bounded(world):
    first = write(
        world, at=dt.datetime(2026, 1, 31, 18, tzinfo=dt.timezone(5 * HOUR)), host=world.partner, details=Details(engagement="lecture")
    )
    made = repeat_activity(by=world.office, activity=first, every="month", until=dt.date(2026, 4, 30))
    assert [a.starts_on for a in made] == [dt.date(2026, 2, 28), dt.date(2026, 3, 31), dt.date(2026, 4, 30)]
    assert {a.engagement for a in made} == {"lecture"} and {a.state for a in made} == {"planned"} and all(a.series == first for a in made)
    with pytest.raises(BadInput):
        repeat_activity(by=world.office, activity=first, every="week", until=dt.date(2026, 2, 1))
    with pytest.raises(BadInput):
        repeat_activity(by=world.office, activity=first, every="week", until=dt.date(2030, 1, 1))
    with pytest.raises(BadInput):
        repeat_activity(by=world.office, activity=first, every="hour", until=dt.date(2026, 12, 1))


def test_last_year_s_is_copied_to_the_same_weekday_without_what_came_out(world):
    measure = make_measure(world)
    old = make_activity(world, measure, on=dt.date(2025, 11, 22))
    office = signed_in(world, "office")
    page = office.get(f"/en/activities/new/?copy={old.pk}").content.decode()
    assert "Taken over from 22 November 2025" in page.replace("\u00a0", " ") and 'value="2026-11-21"' in page
    answer = office.post(f"/en/activities/new/?copy={old.pk}", {**BODY, "lines": ""})
    made = Activity.objects.get(copied_from=old)
    assert answer.status_code == 302 and Link.objects.filter(lower=made, upper=measure).exists()


def test_what_the_host_signed_stays_as_it_was_signed(world):
    sheet = make_sheet(world)
    activity = sheet.activity
    same = {"title": text("Better words"), "starts_at": activity.starts_at, "ends_at": activity.ends_at, "host": activity.host}
    attest_hours(by=Actor.holding(sheet.link), sheet=sheet, changes={}, absent=set())
    changed = change_activity(by=world.office, activity=activity, **same, details=Details(reached=3))
    assert str(changed.title) == "Better words" and changed.reached == 3
    with pytest.raises(BadInput):
        change_activity(by=world.office, activity=activity, **{**same, "host": world.akimat})
    with pytest.raises(NotAllowed):
        change_activity(by=world.citizen, activity=activity, **same)
    office = signed_in(world, "office")
    assert office.post(f"/en/activities/{activity.slug}/change/", {**BODY, "day": "2026-11-21", "to_time": "14:00"}).status_code == 302


def test_what_has_not_begun_cannot_have_taken_place(world):
    coming = write(world, at=TEN + dt.timedelta(days=30))
    with pytest.raises(BadInput):
        move_activity(by=world.office, activity=coming, state="held")
    assert move_activity(by=world.office, activity=coming, state="withdrawn").state == "withdrawn"


def test_an_outcome_needs_a_way_to_see_it_and_others_confirm_it(world):
    activity = make_activity(world)
    with pytest.raises(BadInput) as refused:
        write_outcome(by=world.office, record=activity, what=text(""), how_seen=text(""), on=TODAY)
    assert [f.where for f in refused.value.faults] == ["what", "how_seen"]
    made = write_outcome(by=world.office, record=activity, what=text("The bank stays clean"), how_seen=text("Counted each week"), on=TODAY)
    with pytest.raises(BadInput):
        confirm_outcome(by=world.leader, outcome=made, organisation=world.university, on=TODAY)
    assert confirm_outcome(by=world.actor("partner"), outcome=made, organisation=world.partner, on=TODAY).confirmed_by == world.partner
    with pytest.raises(WrongState):
        confirm_outcome(by=world.actor("partner"), outcome=made, organisation=world.partner, on=TODAY)
    page = Client().get(activity.get_absolute_url()).content.decode()
    assert "The bank stays clean" in page and "The Club" in page
    assert str(evaluate(by=world.office, activity=activity, words=text("Start earlier")).evaluation) == "Start earlier"
    partner = signed_in(world, "partner")
    assert "The bank stays clean" in partner.get(f"/en/records/{activity.pk}/outcomes/").content.decode()
    assert signed_in(world, "other-office").get(f"/en/records/{activity.pk}/outcomes/").status_code == 404


def _picture():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "JPEG")
    return SimpleUploadedFile("river.jpg", out.getvalue(), "image/jpeg")


def test_a_picture_needs_words_and_consent_and_goes_at_once(world):
    activity = make_activity(world)
    with pytest.raises(BadInput) as refused:
        add_photo(by=world.office, activity=activity, taken=take(_picture()), file_name="a.jpg", words=text(""), consent="", on=TODAY)
    assert {f.where for f in refused.value.faults} == {"words", "consent"}
    made = add_photo(
        by=world.office,
        activity=activity,
        taken=take(_picture()),
        file_name="a.jpg",
        words=text("Two people with bags"),
        consent="asked",
        on=TODAY,
    )
    page = Client().get(activity.get_absolute_url()).content.decode()
    assert 'alt="Two people with bags"' in page
    assert Client().get(f"/en/files/{made.file_id}/").status_code == 200
    remove_photo(by=world.office, activity=activity, photo=made)
    assert not Photo.objects.exists() and Client().get(f"/en/files/{made.file_id}/").status_code == 404
    office = signed_in(world, "office")
    sent = {"do": "add", "file": _picture(), "words_en": "A bag", "consent": "nobody"}
    assert office.post(f"/en/activities/{activity.slug}/photos/", sent).status_code == 302
    assert Photo.objects.count() == 1


def test_private_calendars_follow_a_person_and_end_when_taken_back(world):
    sheet = make_sheet(world)
    student = sheet.participations.first().person
    other = make_activity(world, words="Not mine")
    office = world.people["office"]
    mine = make_calendar_link(by=Actor.of(student, TODAY), person=student, of="person")
    feed = Client().get(f"/kk/calendar/feed/{mine.token}.ics")
    events = list(Calendar.from_ical(feed.content).walk("VEVENT"))
    assert [str(e["SUMMARY"]) for e in events] == ["River clean-up"] and events[0]["UID"].startswith(f"activity-{sheet.activity_id}@")
    everything = make_calendar_link(by=world.office, person=office, of="all")
    assert len(list(Calendar.from_ical(Client().get(f"/en/calendar/feed/{everything.token}.ics").content).walk("VEVENT"))) == 2
    unit = make_calendar_link(by=world.office, person=office, of="unit", unit=world.unit)
    assert str(other.title) in Client().get(f"/en/calendar/feed/{unit.token}.ics").content.decode()
    revoke_calendar_link(by=Actor.of(student, TODAY), link=mine)
    assert Client().get(f"/kk/calendar/feed/{mine.token}.ics").status_code == 404
    for wrong in ("1-abc", "x", f"{everything.pk}-", everything.token[:-1] + ("a" if everything.token[-1] != "a" else "q")):
        assert Client().get(f"/en/calendar/feed/{wrong}.ics").status_code == 404
    with pytest.raises(NotAllowed):
        make_calendar_link(by=world.office, person=student, of="person")
    with pytest.raises(BadInput):
        make_calendar_link(by=world.office, person=office, of="unit")


def test_a_calendar_entry_keeps_its_uid_and_tells_that_it_was_called_off(world):
    coming = write(world, at=TEN + dt.timedelta(days=30))
    before = Calendar.from_ical(Client().get(f"/en/activities/{coming.slug}/calendar.ics").content).walk("VEVENT")[0]
    move_activity(by=world.office, activity=coming, state="withdrawn")
    after = Calendar.from_ical(Client().get(f"/en/activities/{coming.slug}/calendar.ics").content).walk("VEVENT")[0]
    assert before["UID"] == after["UID"] and str(after["STATUS"]) == "CANCELLED" and after["SEQUENCE"] >= before["SEQUENCE"]


def test_the_month_shows_what_happens_and_bad_months_show_this_one(world):
    make_activity(world)
    page = Client().get("/kk/calendar/?month=2026-11").content.decode()
    assert "River clean-up" in page and "Қараша 2026" in page
    for wrong in ("2026-13", "x", "0001-01"):
        assert Client().get(f"/en/calendar/?month={wrong}").status_code == 200
    office = signed_in(world, "office")
    assert office.post("/en/calendar/links/", {"of": "person"}).status_code == 302
    assert "/en/calendar/feed/" in office.get("/en/calendar/links/").content.decode()


def test_a_busy_day_shows_its_first_four_and_leads_to_a_page_with_all(world):
    for hour in (15, 9, 17, 11, 13, 8):
        write(world, at=TEN.replace(hour=hour), words=f"At {hour:02} o'clock")
    long = write(world, at=TEN - 48 * HOUR, lasts=72 * HOUR, words="A camp")
    move_activity(by=world.office, activity=write(world, words="Called off"), state="withdrawn")
    page = Client().get("/en/calendar/?month=2026-11").content.decode()
    cell = page.split('<span class="">21</span>')[1].split("</td>")[0]
    assert re.findall(r"At \d\d|A camp", cell) == ["A camp", "At 08", "At 09", "At 11"]  # the camp began before
    assert "?day=2026-11-21" in cell and "and 3 more" in cell and "and 3 more" not in page.split("?month=2026-10")[0]
    day = Client().get("/en/calendar/?day=2026-11-21").content.decode()
    assert re.findall(r">(At \d\d|A camp)", day) == ["A camp", *(f"At {h:02}" for h in (8, 9, 11, 13, 15, 17))]
    assert long.get_absolute_url() in day and "Called off" not in day + page and "November 2026" in day
    assert "Nothing on this day." in Client().get("/en/calendar/?day=2026-11-23").content.decode()
    assert "November 2026" in Client().get("/en/calendar/?day=x").content.decode()  # what is no day shows this month


TABLE = """Мероприятие;Дата;Начало;Окончание;Организация;Охват;Вид;Мера
Уборка берега;21.11.2026;10:00;13:00;The Club;40;Волонтёрство;1.1
Лекция;22.11.2026;;;;120;Открытая лекция или показ;
Без даты;;;;;;;
Не тот хозяин;20.11.2026;;;Nobody;;;
Наоборот;20.11.2026;15:00;14:00;;;;
Вид;20.11.2026;;;;-3;синергия;9.9
"""


def test_a_unit_s_table_is_looked_through_taken_in_once_and_undone(world):
    measure = make_measure(world, number="1.1")
    run = send(world, TABLE.encode("cp1251"), kind="activities")
    check_list(run.pk)
    run.refresh_from_db()
    assert (run.new, run.faulty) == (2, 4) and Activity.objects.count() == 0
    said = json.dumps(run.faults, ensure_ascii=False)
    for words in ("B4", "Nobody", "D6", "синергия", "-3", "9.9"):
        assert words in said, words
    from tertia.core.intake.actions import begin_taking, begin_undoing

    begin_taking(by=world.office, run=run)
    take_list(run.pk)
    assert Activity.objects.count() == 2
    river = Activity.objects.get(host=world.partner)
    assert (river.reached, river.engagement, river.state) == (40, "volunteering", "held") and Link.objects.filter(
        lower=river, upper=measure
    ).exists()
    again = send(world, TABLE.encode() + b"\n", kind="activities")
    check_list(again.pk)
    again.refresh_from_db()
    assert (again.new, again.same) == (0, 2)
    run.refresh_from_db()
    begin_undoing(by=world.office, run=run)
    undo_list(run.pk)
    assert Activity.objects.count() == 0 and SYSTEM is not None
