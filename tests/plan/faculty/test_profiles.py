"""Profiles of positions, their versions, and the review of all of them; recognition and training."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from tests.cast import TODAY, make_measure, text
from tests.plan.faculty.making import by, make_dean, make_teacher, work_of

from tertia.core.actions.errors import BadInput, NotAllowed, WrongState
from tertia.core.languages.text import Text
from tertia.core.messages.models import Message
from tertia.core.periods import clock
from tertia.core.records.models import Link
from tertia.plan.faculty.actions import (
    add_training,
    approve_profile,
    begin_review,
    change_profile,
    close_review,
    confirm_trained,
    drop_function,
    hand_line,
    note_trained,
    put_function,
    recognise,
    retire_profile,
    review_line,
    write_profile,
)
from tertia.plan.faculty.models import Profile, ReviewLine
from tertia.plan.faculty.queries import profile_for
from tertia.plan.faculty.rounds import ask_about_profiles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day():
    with clock.at(TODAY, 12):
        yield


def make_profile(world, position="lecturer", unit=None, *, functions=(), approved=None):
    made = write_profile(by=world.office, owner=world.university, position=position, unit=unit, title=text(position))
    for function in functions:
        put_function(by=world.office, profile=made, function=function, words=text(f"does {function}"))
    if approved:
        approve_profile(by=world.office, profile=made, on=approved, source="Order 1")
    return Profile.objects.get(pk=made.pk)


def test_what_is_in_force_is_the_approved_version(world):
    made = make_profile(world, functions=["lecture"])
    assert not Profile.objects.visible_to(world.citizen).exists()
    with pytest.raises(NotAllowed):
        approve_profile(by=world.editor, profile=made, on=TODAY, source="Order 1")
    with pytest.raises(BadInput):
        approve_profile(by=world.office, profile=made, on=TODAY, source=" ")
    approve_profile(by=world.office, profile=made, on=TODAY, source="Order 1")
    assert Profile.objects.visible_to(world.citizen).count() == 1, "what a position is for may be read by everybody"
    made.refresh_from_db()
    put_function(by=world.editor, profile=made, function="advice", words=text("advises the akimat"))
    assert [f["function"] for f in profile_for(world.university, "lecturer", world.unit).content["functions"]] == ["lecture"]
    with clock.at(TODAY + dt.timedelta(days=30)):
        approve_profile(by=world.office, profile=made, on=clock.today(), source="Order 2")
        with pytest.raises(WrongState):
            approve_profile(by=world.office, profile=made, on=clock.today(), source="Order 3")
    first = made.versions.get(number=1)
    assert first.ends_on == TODAY + dt.timedelta(days=29) and made.versions.count() == 2
    drop_function(by=world.office, function=made.functions.get(function="lecture"))
    change_profile(by=world.office, profile=made, title=text("Lecturer"), qualification=text("A degree"), summary=Text({}))
    retire_profile(by=world.office, profile=made, on=TODAY + dt.timedelta(days=40))
    assert profile_for(world.university, "lecturer", None) is None
    made.refresh_from_db()
    with pytest.raises(WrongState):
        put_function(by=world.office, profile=made, function="advice", words=text("x"))


def test_a_faculty_may_have_its_own_and_a_position_has_one(world):
    make_profile(world, functions=["lecture"], approved=TODAY)
    own = make_profile(world, unit=world.unit, functions=["advice"], approved=TODAY)
    assert profile_for(world.university, "lecturer", world.unit).profile == own
    for said in ({"position": "lecturer"}, {"position": "king"}, {"position": "professor", "title": Text({})}):
        with pytest.raises(BadInput):
            write_profile(by=world.office, owner=world.university, **{"title": text("x"), **said})
    for said in ({"function": "none", "words": text("x")}, {"function": "lecture", "words": Text({})}):
        with pytest.raises(BadInput):
            put_function(by=world.office, profile=own, **said)


def make_review(world, **more):
    said = {"owner": world.university, "title": text("The review"), "on": TODAY, "due_on": TODAY + dt.timedelta(days=40)}
    return begin_review(by=world.office, **{**said, **more})


def test_a_review_asks_about_every_profile_and_takes_no_empty_answer(world):
    with pytest.raises(BadInput, match="no profile"):
        make_review(world)
    dean = make_dean(world)
    mine = make_profile(world, functions=["lecture"], approved=dt.date(2026, 1, 1))
    theirs = make_profile(world, "professor", world.unit, approved=dt.date(2026, 1, 1))
    retired = make_profile(world, "assistant", approved=dt.date(2026, 1, 1))
    retire_profile(by=world.office, profile=retired, on=TODAY)
    measure = make_measure(world)
    review = make_review(world, source=measure.record_ptr)
    assert Link.objects.filter(relation="fulfils", lower=review, upper=measure).exists()
    lines = {line.profile_id: line for line in review.lines.select_related("profile", "review__owner")}
    assert {lines[mine.pk].responsible, lines[theirs.pk].responsible} == {world.people["office"], dean} and len(lines) == 2
    assert Message.objects.filter(person=dean).count() == 1

    def find(who, line, outcome, reason=""):
        return review_line(by=who, review=review, line=line, outcome=outcome, reason=reason, on=TODAY)

    with pytest.raises(NotAllowed):
        find(by(dean), lines[mine.pk], "kept", "because")
    for outcome, reason in (("changed", ""), ("kept", " "), ("", "x")):
        with pytest.raises(BadInput):
            find(by(dean), lines[theirs.pk], outcome, reason)
    put_function(by=by(dean), profile=theirs, function="research", words=text("one study"))
    find(by(dean), lines[theirs.pk], "changed")
    with pytest.raises(BadInput, match="1 profiles"):
        close_review(by=world.office, review=review, on=TODAY)
    hand_line(by=world.office, review=review, line=lines[mine.pk], person=dean)
    find(by(dean), ReviewLine.objects.select_related("profile").get(pk=lines[mine.pk].pk), "kept", "It names one already")
    close_review(by=world.office, review=review, on=TODAY)
    with pytest.raises(WrongState):
        review.refresh_from_db()
        find(world.office, lines[mine.pk], "kept", "again")


def test_those_who_still_have_profiles_are_reminded_once_before_the_end(world):
    make_profile(world, approved=dt.date(2026, 1, 1))
    make_review(world)
    assert ask_about_profiles() == 0
    with clock.at(TODAY + dt.timedelta(days=30)):
        assert (ask_about_profiles(), ask_about_profiles()) == (1, 1)
    assert Message.objects.filter(person=world.people["office"]).count() == 2, "the second day writes no second letter"
    with clock.at(TODAY + dt.timedelta(days=41)):
        ask_about_profiles()
    assert Message.objects.filter(person=world.people["office"]).count() == 3, "and once when it is late"


def test_grounds_are_the_own_confirmed_work(world):
    teacher, other = make_teacher(world), make_teacher(world, 2)
    talk, claimed, foreign = work_of(world, teacher, hours=4), work_of(world, teacher, signed=False), work_of(world, other)
    said = {"organisation": world.university, "person": teacher, "kind": "award", "decided_on": TODAY, "source": "Order 5"}
    for wrong in (claimed, foreign):
        with pytest.raises(BadInput, match="confirmed"):
            recognise(by=world.office, records=[wrong.pk], **said)
    made = recognise(by=world.office, records=[talk.pk], **said)
    assert made.grounds.get().hours == 4 and made.unit == world.unit
    assert not recognise(by=world.office, **{**said, "kind": "contract"}).grounds.exists()
    for wrong in ({"kind": "x"}, {"source": ""}, {"person": world.people["partner"]}):
        with pytest.raises(BadInput):
            recognise(by=world.office, **{**said, **wrong})
    with pytest.raises(NotAllowed):
        recognise(by=world.editor, **said)


def test_a_training_counts_when_the_office_says_so(world):
    teacher = make_teacher(world)
    made = add_training(
        by=world.office, organisation=world.university, title=text("Communities"), held_by="The club", ended_on=TODAY, hours=Decimal(16)
    )
    part = note_trained(by=by(teacher), training=made, person=teacher, on=TODAY, paper="No. 7")
    assert part.confirmed_on is None
    with pytest.raises(WrongState):
        note_trained(by=by(teacher), training=made, person=teacher, on=TODAY)
    with pytest.raises(NotAllowed):
        confirm_trained(by=by(teacher), part=part, on=TODAY)
    confirm_trained(by=world.office, part=part, on=TODAY)
    assert part.counts_until == dt.date(2029, 11, 24)
    with pytest.raises(WrongState):
        confirm_trained(by=world.office, part=part, on=TODAY)
    with pytest.raises(BadInput):
        add_training(by=world.office, organisation=world.university, title=Text({}), held_by="", ended_on=TODAY, hours=Decimal(0))
    with pytest.raises(BadInput):
        note_trained(by=world.office, training=made, person=world.people["partner"], on=TODAY)
