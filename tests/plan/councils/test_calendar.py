"""What goes beside an invitation is read by a parser that is not the one that writes it: invitation, update, cancellation, a zone that changed."""

from __future__ import annotations

import datetime as dt

import pytest
import vobject
from django.utils import timezone
from tests.cast import text
from tests.plan.councils.making import invited, make_council

from tertia.core.messages.models import Message
from tertia.core.periods import clock
from tertia.plan.councils.actions import add_item, answer_invitation, call_meeting, call_off, move_meeting, plan_meeting

pytestmark = pytest.mark.django_db


def event_of(words):
    calendar = vobject.readOne(words)
    return calendar, calendar.vevent


def called(world, starts_at):
    meeting = plan_meeting(
        by=world.office,
        council=make_council(world),
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(hours=2),
        where="Зал № 1; большой, второй этаж",
    )
    add_item(by=world.office, meeting=meeting, title=text("Outcomes: first, second; third"))
    return call_meeting(by=world.office, meeting=meeting)


def letters(to):
    return [m.calendar for m in Message.objects.filter(to=to).order_by("pk")]


def test_invitation_update_and_cancellation_keep_one_name_and_rising_numbers(world):
    start = timezone.make_aware(dt.datetime(2026, 12, 1, 15))
    meeting = called(world, start)
    mail = invited(meeting, "employer").email
    meeting = move_meeting(
        by=world.office,
        meeting=meeting,
        starts_at=start + dt.timedelta(days=7),
        ends_at=start + dt.timedelta(days=7, hours=1),
        where="Зал № 2",
    )
    call_off(by=world.office, meeting=meeting, reason="Quarantine")
    told = [event_of(words) for words in letters(mail)]
    assert [c.method.value for c, _e in told] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [int(e.sequence.value) for _c, e in told] == [0, 1, 2]
    assert len({e.uid.value for _c, e in told}) == 1
    assert [e.dtstart.value for _c, e in told] == [start, start + dt.timedelta(days=7), start + dt.timedelta(days=7)]
    assert told[0][1].location.value == "Зал № 1; большой, второй этаж" and "first, second; third" in told[0][1].description.value
    assert [e.status.value for _c, e in told] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert told[0][1].attendee.value == f"mailto:{mail}" and told[0][1].organizer.value.startswith("mailto:")
    assert told[0][1].attendee.params["PARTSTAT"] == ["NEEDS-ACTION"]


def test_a_deputy_gets_an_entry_of_the_own_for_the_same_meeting(world):
    meeting = called(world, timezone.make_aware(dt.datetime(2026, 12, 1, 15)))
    employer = invited(meeting, "employer")
    answer_invitation(by=world.office, invitation=employer, answer="deputy", deputy_name="Инженер", deputy_email="engineer@example.invalid")
    _calendar, event = event_of(letters("engineer@example.invalid")[0])
    assert (
        event.attendee.value == "mailto:engineer@example.invalid" and event.uid.value == event_of(letters(employer.email)[0])[1].uid.value
    )


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [(dt.datetime(2024, 2, 29, 15), 9), (dt.datetime(2024, 3, 2, 15), 10)],
    ids=["before Kazakhstan's change of 2024", "after it"],
)
def test_a_zone_that_changed_is_told_with_the_entry(world, day, utc_hour, settings):
    settings.TERTIA_DEMONSTRATION = True
    world.university.time_zone = "Asia/Almaty"
    with clock.at(day.date() - dt.timedelta(days=10)):
        from zoneinfo import ZoneInfo

        from tertia.core.parties.models import Organisation

        assert Organisation.objects.get(pk=world.university.pk).time_zone == "Asia/Almaty"
        start = day.replace(tzinfo=ZoneInfo("Asia/Almaty"))
        council = make_council(world)
        meeting = plan_meeting(by=world.office, council=council, starts_at=start, ends_at=start + dt.timedelta(hours=1), where="Зал")
        from tertia.core.periods.ical import calendar_file
        from tertia.plan.councils.invitations import entry_of

        words = calendar_file([entry_of(meeting, "ru")], method="REQUEST").decode()
    _calendar, event = event_of(words)
    assert event.dtstart.value.astimezone(dt.UTC).hour == utc_hour and "BEGIN:VTIMEZONE" in words
