"""An assignment between two sides: drafts are private, both agree, later changes, what counts meanwhile."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.cast import SYSTEM, TODAY, text
from tests.plan.faculty.making import YEAR, by, make_agreed, make_dean, make_draft, make_teacher, norm, work_of

from tertia.core.actions.errors import BadInput, NotAllowed, WrongState
from tertia.core.messages.models import Message
from tertia.core.parties.actions import add_deputy, found_organisation, give_role
from tertia.core.periods import clock
from tertia.plan.faculty.actions import (
    agree,
    begin_assignment,
    drop_line,
    end_post,
    fill_post,
    offer,
    place,
    put_line,
    reopen,
    set_norm,
    take_back,
    take_up,
    write_assignment,
)
from tertia.plan.faculty.models import Assignment, Post
from tertia.plan.faculty.policies import EVERYWHERE, units_led
from tertia.plan.faculty.queries import assignments_for, done_of, group_loads, heads_of, people_without, post_of
from tertia.plan.faculty.rounds import ask_about_assignments

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher(world):
    return make_teacher(world)


@pytest.fixture
def dean(world):
    return make_dean(world)


@pytest.fixture(autouse=True)
def day():
    with clock.at(TODAY, 12):
        yield


def seen_by(*people):
    return [list(assignments_for(by(p)).values_list("person__name", flat=True)) for p in people]


def test_a_draft_is_seen_by_the_side_that_writes_it(world, teacher, dean):
    made = make_draft(world, teacher, by(teacher))
    assert seen_by(teacher, dean, world.people["office"], world.people["leader"]) == [["Teacher Number1"], [], [], []]
    offer(by=by(teacher), assignment=made)
    assert seen_by(teacher, dean, world.people["office"], world.people["leader"]) == [
        ["Teacher Number1"],
        ["Teacher Number1"],
        [],
        ["Teacher Number1"],
    ]
    take_up(by=by(dean), assignment=made)
    assert seen_by(teacher, dean) == [[], ["Teacher Number1"]], "now the dean writes, and the teacher sees it when it comes back"
    offer(by=by(dean), assignment=made)
    agree(by=by(teacher), assignment=made, on=TODAY)
    assert seen_by(world.people["office"], world.people["other-office"], world.people["citizen"]) == [["Teacher Number1"], [], []]


def test_the_dean_of_another_faculty_sees_and_does_nothing(world, teacher):
    other = found_organisation(by=SYSTEM, slug="uni-arts", kind="unit", name=text("Faculty of Arts"), parent=world.university)
    stranger = make_dean(world, other, "stranger")
    with pytest.raises(NotAllowed):
        make_draft(world, teacher, by(stranger))
    made = make_draft(world, teacher, by(teacher))
    offer(by=by(teacher), assignment=made)
    assert seen_by(stranger) == [[]]
    for act in (agree, take_up, take_back, reopen):
        more = {"on": TODAY} if act is agree else {"reason": "x"} if act is reopen else {}
        with pytest.raises(NotAllowed):
            act(by=by(stranger), assignment=made, **more)


def test_both_sides_agree_and_the_text_is_frozen(world, teacher, dean):
    made = make_draft(world, teacher, by(dean), [("lecture", 10), ("advice", 5)])
    with pytest.raises(NotAllowed):
        offer(by=by(teacher), assignment=made)
    offer(by=by(dean), assignment=made)
    with pytest.raises(NotAllowed):
        agree(by=by(dean), assignment=made, on=TODAY)
    agree(by=by(teacher), assignment=made, on=TODAY)
    version = made.versions.get()
    assert [line["function"] for line in version.content["lines"]] == ["advice", "lecture"] and len(version.digest) == 64
    assert version.head == dean and version.person_agreed_at >= version.head_agreed_at
    made.refresh_from_db()
    assert (made.state, made.agreed_on) == ("agreed", TODAY)
    with pytest.raises((WrongState, NotAllowed)):
        put_line(by=by(teacher), assignment=made, function="lecture", what="more", hours=Decimal(1))


def test_what_was_agreed_counts_until_both_have_agreed_anew(world, teacher, dean):
    made = make_agreed(world, teacher, dean, [("lecture", 10)])
    work_of(world, teacher, hours=8)
    with pytest.raises(BadInput):
        reopen(by=by(teacher), assignment=made, reason=" ")
    made = reopen(by=by(teacher), assignment=made, reason="A new school has asked")
    put_line(by=by(teacher), assignment=made, function="lecture", what="less", hours=Decimal(2))
    put_line(by=by(teacher), assignment=made, function="outreach", what="school", hours=Decimal(8))
    made = Assignment.objects.get(pk=made.pk)
    assert {x.function: x.hours for x in made.lines.filter(stands=True)} == {"lecture": 10}
    assert done_of(made).delivery.counted == 8
    assert seen_by(dean, world.people["office"]) == [["Teacher Number1"]] * 2, "what stands is still seen, the draft is not"
    offer(by=by(teacher), assignment=made)
    agree(by=by(dean), assignment=made, on=TODAY, reason="A new school has asked")
    made = Assignment.objects.get(pk=made.pk)
    assert {x.function: x.hours for x in made.lines.all()} == {"lecture": 2, "outreach": 8} and done_of(made).delivery.counted == 2
    assert [v.number for v in made.versions.all()] == [2, 1] and made.versions.first().reason


def test_nobody_agrees_with_himself(world, dean):
    fill_post(
        by=SYSTEM, organisation=world.university, person=dean, position="professor", rate=Decimal(1), starts_on=YEAR.start, unit=world.unit
    )
    made = make_draft(world, dean, by(dean))
    assert (made.turn, made.head) == ("person", None)
    offer(by=by(dean), assignment=made)
    with pytest.raises(NotAllowed):
        agree(by=by(dean), assignment=made, on=TODAY)
    assert dean not in heads_of(made, TODAY)
    agree(by=world.leader, assignment=made, on=TODAY)
    assert made.versions.get().head == world.people["leader"]


def test_leaving_the_norms_needs_a_reason(world, teacher):
    norm(world, fewest=20, most=60)
    made = make_draft(world, teacher, by(teacher), [("lecture", 80)])
    with pytest.raises(BadInput, match="norms are left"):
        offer(by=by(teacher), assignment=made)
    write_assignment(by=by(teacher), assignment=made, other_hours=Decimal(900), words="Look", beyond_why="The city asked")
    offer(by=by(teacher), assignment=made)
    made.refresh_from_db()
    assert made.state == "offered"


def test_pieces_become_hours_by_the_norm_of_the_first_day(world, teacher):
    norm(world, "lecture", each=6)
    norm(world, "lecture", on=TODAY, each=9)
    made = make_draft(world, teacher, by(teacher), [])
    assert put_line(by=by(teacher), assignment=made, function="lecture", what="Three talks", hours=None, times=3).hours == 18
    with pytest.raises(BadInput):
        put_line(by=by(teacher), assignment=made, function="advice", what="x", hours=None, times=3)
    with pytest.raises(BadInput):
        put_line(by=by(teacher), assignment=made, function="lecture", what="x", hours=Decimal(4), by_on=YEAR.end)
    line = put_line(by=by(teacher), assignment=made, function="lecture", what="Two talks", hours=Decimal(12), times=2)
    assert made.lines.count() == 1, "a function stands once in an assignment"
    drop_line(by=by(teacher), line=line)
    with pytest.raises(BadInput):
        offer(by=by(teacher), assignment=made)


@pytest.mark.parametrize(
    ("said", "where"),
    [({"function": "none"}, "function"), ({"each": 1}, "each"), ({"fewest": 9, "most": 3}, "fewest"), ({"most": -1}, "most"), ({}, "most")],
)
def test_a_norm_that_says_nothing_right_is_refused(world, said, where):
    with pytest.raises(BadInput) as refused:
        norm(world, **said)
    assert where in [f.where for f in refused.value.faults]


def test_a_norm_is_set_once_a_day_and_by_the_office(world):
    norm(world, most=60)
    with pytest.raises(BadInput):
        norm(world, most=70)
    with pytest.raises(NotAllowed):
        set_norm(by=world.editor, organisation=world.university, function="whole", valid_from=TODAY, source="x", most=Decimal(1))


def test_posts_end_and_belong_to_people_of_the_university(world, teacher):
    post = Post.objects.get(person=teacher)
    end_post(by=world.office, post=post, on=TODAY)
    assert post_of(teacher, world.university, YEAR) == post and post_of(teacher, world.university, YEAR.before) == post
    with pytest.raises(WrongState):
        end_post(by=world.office, post=post, on=TODAY)
    with pytest.raises(BadInput):
        fill_post(
            by=world.office, organisation=world.university, person=world.people["partner"], position="x", rate=Decimal(3), starts_on=TODAY
        )
    stranger = make_teacher(world, 2, post=False)
    with pytest.raises(BadInput, match="No post"):
        begin_assignment(by=by(stranger), person=stranger, organisation=world.university, year=YEAR, post=None)


def test_a_year_has_one_assignment(world, teacher, dean):
    make_draft(world, teacher, by(teacher))
    with pytest.raises(BadInput, match="already"):
        make_draft(world, teacher, by(dean))


def test_work_is_counted_where_its_person_puts_it(world, teacher, dean):
    made = make_agreed(world, teacher, dean, [("lecture", 10), ("research", 6)])
    talk, other = work_of(world, teacher, hours=4), work_of(world, teacher, "", hours=3, words="Something else")
    foreign = work_of(world, make_teacher(world, 2), hours=2)
    assert done_of(made).delivery.lines["lecture"].signed == 4 and done_of(made).delivery.beside_signed == 3
    place(by=by(teacher), assignment=made, record=other.record_ptr, function="research")
    assert done_of(made).delivery.lines["research"].signed == 3
    place(by=by(teacher), assignment=made, record=talk.record_ptr, function="research")
    assert done_of(made).delivery.lines["lecture"].signed == 0 and done_of(made).delivery.lines["research"].counted == 6
    place(by=by(teacher), assignment=made, record=talk.record_ptr, function="")
    assert done_of(made).delivery.lines["lecture"].signed == 4
    for record, function in ((foreign, "lecture"), (talk, "advice")):
        with pytest.raises(BadInput):
            place(by=by(teacher), assignment=made, record=record.record_ptr, function=function)
    with pytest.raises(NotAllowed):
        place(by=by(dean), assignment=made, record=talk.record_ptr, function="research")


def test_who_leads_which_unit(world, dean):
    assert units_led(by(dean), world.university.pk) == {world.unit.pk}
    assert units_led(world.editor, world.university.pk) == units_led(world.leader, world.university.pk) == EVERYWHERE
    assert units_led(world.office, world.university.pk) == units_led(world.citizen, world.university.pk) == frozenset()
    substitute = make_dean(world, found_organisation(by=SYSTEM, slug="uni-b", kind="unit", name=text("B"), parent=world.university), "sub")
    add_deputy(by=SYSTEM, person=dean, deputy=substitute, organisation=world.university, valid_from=TODAY, valid_to=TODAY)
    assert world.unit.pk in units_led(by(substitute), world.university.pk)


def test_the_load_is_counted_by_unit_and_chair(world, teacher, dean):
    chair = found_organisation(by=SYSTEM, slug="uni-chair", kind="unit", name=text("The Chair"), parent=world.unit)
    assert chair.journal_organisation_id == world.university.pk, "a chair of a faculty stands in the university's journal"
    second = make_teacher(world, 2, chair=chair, rate="0.5")
    make_teacher(world, 3)
    make_agreed(world, teacher, dean, [("lecture", 30)])
    make_agreed(world, second, dean, [("lecture", 40)])
    work_of(world, second, hours=5)
    norm(world, most=60)
    whole, groups = group_loads(world.university, YEAR, EVERYWHERE, times=2.0)
    assert (whole.load.people, whole.load.planned, whole.load.signed, whole.agreed) == (3, 70, 5, 2)
    assert whole.load.over == {second.pk} and len(whole.load.bare) == 1
    group = groups[0]
    assert group.unit == world.unit.pk and [(c.unit, c.load.planned) for c in group.chairs] == [(chair.pk, 40)]
    only, _groups = group_loads(world.university, YEAR, frozenset({chair.pk}), times=2.0)
    assert only.load.people == 1, "the head of a chair sees the chair"
    assert [p.name for p in people_without(world.university, YEAR, EVERYWHERE)] == ["Teacher Number3"]


def test_whoever_has_two_posts_is_one_person(world, teacher):
    fill_post(
        by=SYSTEM,
        organisation=world.university,
        person=teacher,
        position="professor",
        rate=Decimal("0.5"),
        starts_on=YEAR.start,
        unit=world.unit,
    )
    whole, _groups = group_loads(world.university, YEAR, EVERYWHERE, times=2.0)
    assert (whole.load.people, whole.load.posts) == (1, 1.5)


def test_a_silent_side_is_asked_again_once(world, teacher, dean):
    made = make_draft(world, teacher, by(teacher))
    offer(by=by(teacher), assignment=made)
    assert Message.objects.filter(person=dean).count() == 1
    assert ask_about_assignments() == 0
    with clock.at(TODAY.replace(month=12, day=8), 9):
        assert (ask_about_assignments(), ask_about_assignments()) == (1, 1)
    assert Message.objects.filter(person=dean).count() == 2


def test_an_offer_is_taken_back_before_the_answer(world, teacher, dean):
    made = make_draft(world, teacher, by(teacher))
    offer(by=by(teacher), assignment=made)
    take_back(by=by(teacher), assignment=made)
    assert seen_by(dean) == [[]]
    with pytest.raises(NotAllowed):
        agree(by=by(dean), assignment=made, on=TODAY)


def test_a_standing_role_of_the_second_university_gives_nothing_here(world, teacher):
    give_role(by=SYSTEM, person=world.people["other-leader"], organisation=world.other, role="editor", valid_from=TODAY)
    make_draft(world, teacher, by(teacher))
    with pytest.raises(NotAllowed):
        begin_assignment(by=world.other_leader, person=teacher, organisation=world.university, year=YEAR.before, post=None)
