"""Hours count only when the host has signed; the host signs once, without an account."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from tests.cast import TODAY, make_activity, make_sheet, make_student, text, write_directly

from tertia.act.activities.actions import (
    amend_hours,
    ask_host,
    attest_hours,
    claim_hours,
    dispute_sheet,
    escalate_sheet,
    say_benefit,
    take_back,
    write_activity,
)
from tertia.act.activities.models import HoursSheet
from tertia.act.activities.queries import sheet_totals
from tertia.act.activities.rounds import escalate_sheets
from tertia.act.activities.views.hours import read_claim_lines
from tertia.core.access.actions import revoke_pass
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, NotAllowed, PassRefused
from tertia.core.actions.models import Event
from tertia.core.messages.models import Message


def sign(sheet, changes=None, absent=(), by=None):
    return attest_hours(by=by or Actor.holding(sheet.link), sheet=sheet, changes=changes or {}, absent=set(absent))


def test_claimed_hours_do_not_count(world):
    sheet = make_sheet(world)
    assert sheet_totals([sheet.pk])[sheet.pk] == (Decimal(12), Decimal(0), 3)


def test_the_host_signs_by_link_and_the_hours_count(world):
    sheet = make_sheet(world)
    first, second, third = sheet.participations.all()
    signed = sign(sheet, {first.pk: Decimal("3.5")}, [second.pk])
    assert [(p.hours_signed, p.disputed) for p in signed.participations.all()] == [
        (Decimal("3.5"), True),
        (Decimal(0), True),
        (Decimal(4), False),
    ]
    assert (signed.state, signed.signed_by, bool(signed.receipt)) == ("signed", world.partner, True)
    assert third.hours_claimed == 4


def test_a_link_signs_once(world):
    sheet = make_sheet(world)
    sign(sheet)
    with pytest.raises(PassRefused):
        sign(sheet)


def test_nobody_but_the_host_signs(world):
    sheet, foreign = make_sheet(world), make_sheet(world, make_activity(world, words="Another"))
    for by in (world.office, world.leader, world.administrator, world.citizen, world.actor("akimat"), Actor.holding(foreign.link)):
        with pytest.raises(NotAllowed):
            sign(sheet, by=by)
    assert HoursSheet.objects.get(pk=sheet.pk).state == "asked"


def test_a_partner_with_an_account_signs_too(world):
    assert sign(make_sheet(world), by=world.actor("partner")).state == "signed"


@pytest.mark.parametrize("hours", ["25", "-1"])
def test_impossible_hours_are_refused_and_nothing_is_signed(world, hours):
    sheet = make_sheet(world)
    with pytest.raises(BadInput):
        sign(sheet, {sheet.participations.first().pk: Decimal(hours)})
    assert HoursSheet.objects.get(pk=sheet.pk).state == "asked"


def test_a_line_of_another_sheet_is_refused(world):
    sheet, foreign = make_sheet(world), make_sheet(world, make_activity(world, words="Another"))
    with pytest.raises(BadInput):
        sign(sheet, absent=[foreign.participations.first().pk])


def test_a_revoked_link_signs_nothing(world):
    sheet = make_sheet(world)
    held = Actor.holding(sheet.link)
    revoke_pass(by=world.office, held=sheet.link)
    with pytest.raises(PassRefused):
        sign(sheet, by=held)


def test_the_host_says_not_with_us_and_can_be_asked_anew(world):
    sheet = make_sheet(world)
    assert dispute_sheet(by=Actor.holding(sheet.link), sheet=sheet).state == "refused"
    assert ask_host(by=world.office, sheet=sheet, on=TODAY).state == "asked"


def test_a_signature_is_taken_back_within_a_week(world):
    sheet = make_sheet(world)
    sign(sheet)
    by = Actor.holding(type(sheet.link).objects.get(pk=sheet.link.pk))
    with pytest.raises(PassRefused):
        take_back(by=by, sheet=sheet, today=TODAY + dt.timedelta(days=8))
    back = take_back(by=by, sheet=sheet, today=TODAY + dt.timedelta(days=7))
    assert (back.state, back.receipt, sheet_totals([sheet.pk])[sheet.pk][1]) == ("asked", "", 0)


def test_the_host_is_asked_one_question_and_may_leave_it(world):
    sheet = make_sheet(world)
    sign(sheet)
    by = Actor.holding(type(sheet.link).objects.get(pk=sheet.link.pk))
    assert say_benefit(by=by, sheet=sheet, helped="partly").helped == "partly"
    with pytest.raises(BadInput):
        say_benefit(by=by, sheet=sheet, helped="wonderful")


def test_asking_again_sends_a_new_link(world):
    sheet = make_sheet(world)
    ask_host(by=world.office, sheet=sheet, on=TODAY + dt.timedelta(days=15))
    assert Message.objects.filter(to="club@example.org").count() == 2


def test_the_same_person_is_claimed_once(world):
    activity = make_activity(world)
    student = make_student(world, 1)
    for _ in range(2):
        sheet = claim_hours(by=world.office, activity=activity, rows=[(student, world.unit, Decimal(4), "student")])
    assert sheet.participations.count() == 1


def test_lines_of_a_claim_tell_all_their_faults(world):
    student = make_student(world, 7)
    assert read_claim_lines("S00007 3,5\n\n", world.university, world.unit) == [(student, world.unit, Decimal("3.5"), "student")]
    with pytest.raises(BadInput) as refused:
        read_claim_lines("S00007\nS99999 4\nS00007 many", world.university, world.unit)
    assert len(refused.value.faults) == 3


def test_an_activity_that_ends_before_it_begins_is_refused(world):
    now = dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)
    with pytest.raises(BadInput) as refused:
        write_activity(by=world.office, owner=world.university, title=text(""), starts_at=now, ends_at=now)
    assert [f.where for f in refused.value.faults] == ["title", "ends_at"]


def test_an_unsigned_sheet_is_escalated_once_after_its_term_and_never_accepted(world):
    sheet = make_sheet(world)
    world.university.email = "office@example.org"
    write_directly(world.university)
    assert escalate_sheets() == 0
    sheet.sign_by = TODAY - dt.timedelta(days=1)
    write_directly(sheet)
    assert escalate_sheets() == 1 and escalate_sheets() == 0
    letter = Message.objects.get(to="office@example.org")
    assert "do not count" in letter.body or letter.language != "en"
    assert sheet_totals([sheet.pk])[sheet.pk][1] == 0
    ask_host(by=world.office, sheet=HoursSheet.objects.get(pk=sheet.pk), on=TODAY)
    assert HoursSheet.objects.get(pk=sheet.pk).escalated_on is None  # asked again, a new term
    with pytest.raises(NotAllowed):
        escalate_sheet(by=world.office, sheet=sheet, on=TODAY)


def test_a_correction_after_the_signature_keeps_what_was_signed_and_asks_for_the_rest(world):
    sheet = make_sheet(world)
    first, second, _third = sheet.participations.all()
    sign(sheet, {first.pk: Decimal("3.5")}, [second.pk])
    missing = make_student(world, 77777)
    with pytest.raises(BadInput):
        amend_hours(by=world.office, sheet=sheet, rows=[(missing, world.unit, Decimal(2), "student")], reason="", on=TODAY)
    with pytest.raises(BadInput):
        amend_hours(by=world.office, sheet=sheet, rows=[(first.person, world.unit, Decimal(2), "student")], reason="x", on=TODAY)
    again = amend_hours(
        by=world.office, sheet=sheet, rows=[(missing, world.unit, Decimal(2), "student")], reason="Came with the second bus", on=TODAY
    )
    assert again.state == "asked" and sheet_totals([sheet.pk])[sheet.pk][1] == Decimal("7.5")  # still signed and counted
    page = Client().get(f"/en/p/{again.link.token}/").content.decode()
    assert 'value="3.5"' in page
    sign(again)
    assert sorted(p.hours_signed for p in HoursSheet.objects.get(pk=sheet.pk).participations.all()) == [0, 2, Decimal("3.5"), 4]
    assert Event.objects.filter(action="activities.amend_hours", record=sheet.pk).exists()
