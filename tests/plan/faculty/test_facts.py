"""What the faculty gives to measuring agrees with what its pages show."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from tests.cast import SYSTEM, TODAY, make_conversation, make_dispatch, make_resolution, text, write_directly
from tests.plan.councils.making import holding, invited, make_council, make_sitting
from tests.plan.faculty.making import YEAR, by, make_agreed, make_dean, make_teacher, work_of
from tests.plan.faculty.test_profiles import make_profile

from tertia.core.facts.declare import FACTS
from tertia.core.periods import clock
from tertia.core.records.actions import link_records
from tertia.core.records.deeds import deeds_of
from tertia.core.records.models import OwedAnswer
from tertia.listen.dialogue.actions import close_conversation
from tertia.measure.facts.rows import batches
from tertia.plan.conferences.actions import answer_recommendations
from tertia.plan.conferences.actions.answers import Answer
from tertia.plan.councils.actions import approve_minutes, close_meeting, decide, leave
from tertia.plan.faculty.actions import add_training, end_post, fill_post, note_trained, place, put_function, recognise
from tertia.plan.faculty.actions.profiles import approve_profile
from tertia.plan.faculty.models import Post
from tertia.plan.faculty.queries import done_of

pytestmark = pytest.mark.django_db


def rows_of(name, organisation, year=YEAR.label):
    return [row for label, table in batches(FACTS[name], organisation) if label == year for row in table.to_pylist()]


def test_delivery_in_the_database_is_delivery_on_the_page(world):
    with clock.at(TODAY, 12):
        teacher, dean = make_teacher(world), make_dean(world)
        made = make_agreed(world, teacher, dean, [("lecture", 10), ("research", 6), ("adults", 3)])
        work_of(world, teacher, hours=8)
        work_of(world, teacher, hours=7)
        work_of(world, teacher, signed=False)
        work_of(world, teacher, "silver", hours=2)
        other = work_of(world, teacher, "", hours=5)
        moved = work_of(world, teacher, "course", hours=4)
        work_of(world, teacher, hours=9, on=dt.date(2026, 5, 1))
        work_of(world, make_teacher(world, 2), hours=9)
        for record in (other, moved):
            place(by=by(teacher), assignment=made, record=record.record_ptr, function="research")
        page = done_of(made).delivery.lines
        rows = {r["function"]: r for r in rows_of("assignment", world.university)}
        assert (
            {f: float(r["hours_signed"]) for f, r in rows.items()}
            == {f: x.signed for f, x in page.items()}
            == {"lecture": 15, "research": 9, "adults": 2}
        )
        assert {f: float(r["hours_counted"]) for f, r in rows.items()} == {"lecture": 10, "research": 6, "adults": 2}
        assert {r["day"] for r in rows.values()} == {YEAR.start} and {r["unit"] for r in rows.values()} == {"uni-law"}


def test_time_in_a_council_is_proof_when_the_minutes_are_approved(world):
    council = make_council(world)
    with clock.at(TODAY, 12):
        meeting = make_sitting(world, council)
        chair = invited(meeting, "chair")
        chair.person = make_teacher(world)
        write_directly(chair)
        decide(by=world.office, item=meeting.items.first(), text=text("It is so"), at_once=True)
    with clock.at(TODAY, 14):
        leave(by=holding(chair), invitation=chair)
        close_meeting(by=world.office, meeting=meeting)
        found = deeds_of(world.university, [chair.person_id], YEAR.start, YEAR.end)
        assert [(d.record, d.sort, d.signed) for d in found] == [(meeting.pk, "council", None)] and found[0].claimed > 0
        approve_minutes(by=world.office, meeting=meeting, on=TODAY, approved_by="The chair")
        assert [d.signed for d in deeds_of(world.university, [chair.person_id], YEAR.start, YEAR.end)] == [found[0].claimed]


def test_a_post_that_another_followed_in_the_year_is_marked(world):
    teacher = make_teacher(world)
    first = Post.objects.get(person=teacher)
    with clock.at(TODAY, 12):
        end_post(by=world.office, post=first, on=dt.date(2026, 10, 31))
        fill_post(
            by=SYSTEM,
            organisation=world.university,
            person=teacher,
            position="professor",
            rate=Decimal("0.5"),
            starts_on=dt.date(2026, 11, 1),
            unit=world.unit,
        )
        assert [(float(r["rate"]), r["replaced"]) for r in rows_of("post", world.university)] == [(1, True), (0.5, False)]
        assert [(float(r["rate"]), r["replaced"]) for r in rows_of("post", world.university, "2025-26")] == [(1, False)]


def test_profiles_decisions_and_trainings_stand_in_their_years(world):
    with clock.at(TODAY, 12):
        teacher = make_teacher(world)
        profile = make_profile(world, approved=dt.date(2025, 10, 1))
        put_function(by=world.office, profile=profile, function="lecture", words=text("speaks"))
        approve_profile(by=world.office, profile=profile, on=dt.date(2026, 10, 1), source="Order 2")
        talk = work_of(world, teacher)
        said = {"organisation": world.university, "person": teacher, "decided_on": TODAY, "source": "Order"}
        recognise(by=world.office, kind="award", records=[talk.pk], **said)
        recognise(by=world.office, kind="contract", **said)
        made = add_training(
            by=world.office, organisation=world.university, title=text("T"), held_by="C", ended_on=dt.date(2024, 3, 1), hours=Decimal(8)
        )
        note_trained(by=world.office, training=made, person=teacher, on=TODAY)
        assert [r["third_mission"] for r in rows_of("profile", world.university, "2025-26")] == [False]
        assert sorted(r["third_mission"] for r in rows_of("profile", world.university)) == [False, True]
        assert sorted((r["kind"], r["counted"]) for r in rows_of("recognition", world.university)) == [("award", True), ("contract", False)]
        assert [len(rows_of("trained", world.university, y)) for y in ("2023-24", "2026-27", "2022-23")] == [1, 1, 0]


def test_what_became_of_accepted_recommendations_after_two_years(world):
    resolution = make_resolution(world)
    with clock.at(dt.date(2024, 3, 1), 12):
        dispatch = make_dispatch(world, resolution, on=dt.date(2024, 3, 1))
        first, second = OwedAnswer.objects.order_by("record_id")
        yes = [Answer(owed.record_id, "accepted") for owed in (first, second)]
        answer_recommendations(by=world.actor("akimat"), dispatch=dispatch, answers=yes, on=dt.date(2024, 3, 20))
    with clock.at(dt.date(2025, 6, 1), 12):
        answer_recommendations(
            by=world.actor("akimat"), dispatch=dispatch, answers=[Answer(first.record_id, "done", "Done")], on=dt.date(2025, 6, 1)
        )
    with clock.at(TODAY, 12):
        rows = rows_of("accepted_recommendation", world.university, "2025-26")
        assert [(r["day"], r["done"]) for r in rows] == [(dt.date(2026, 3, 20), True), (dt.date(2026, 3, 20), False)]
    with clock.at(dt.date(2026, 3, 19), 12):
        assert rows_of("accepted_recommendation", world.university, "2025-26") == [], "nothing is judged before the two years are over"


def test_a_conversation_is_asked_a_year_later_whether_anything_was_decided(world):
    closed = dt.date(2025, 10, 10)
    with clock.at(dt.date(2025, 9, 20), 12):
        decided, idle = make_conversation(world), make_conversation(world, words="And the park?")
    with clock.at(closed, 12):
        for talk in (decided, idle):
            talk.refresh_from_db()
            close_conversation(by=world.office, conversation=talk, on=closed)
    council = make_council(world)
    with clock.at(dt.date(2026, 2, 1), 12):
        meeting = make_sitting(world, council, on=dt.date(2026, 2, 1))
        decision = decide(by=world.office, item=meeting.items.first(), text=text("A later bus"), at_once=True)
        link_records(by=world.office, lower=decision.record_ptr, relation="decided-on", upper=decided.record_ptr)
    with clock.at(TODAY, 12):
        rows = {r["record"]: r for r in rows_of("conversation_year", world.university)}
        assert {pk: (r["day"], r["decided"]) for pk, r in rows.items()} == {
            decided.pk: (dt.date(2026, 10, 10), True), idle.pk: (dt.date(2026, 10, 10), False),
        }  # fmt: skip
