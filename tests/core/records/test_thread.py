"""Links, the golden thread, gaps, and what a second university may see of it."""

import datetime as dt

import pytest
from django.db import connection, transaction
from tests.cast import TODAY, make_activity, make_measure, make_need, make_resolution, make_sheet

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.actions.errors import NotAllowed, NotDeclared
from tertia.core.records.actions import link_records, unlink_records
from tertia.core.records.kinds import KINDS, RELATIONS
from tertia.core.records.models import Link, Record
from tertia.core.records.story import story_lines, story_text
from tertia.core.records.thread import thread_of


def chain(world):
    resolution = make_resolution(world)
    recommendation = resolution.recommendations.order_by("position").first()
    measure = make_measure(world, recommendation)
    activity = make_activity(world, measure)
    sheet = make_sheet(world, activity, asked=False)
    return resolution, recommendation, measure, activity, sheet


def test_from_any_point_the_whole_chain_is_seen(world):
    records = chain(world)
    wanted = {r.pk for r in records}
    for record in records:
        shown = {box.record.pk for box in thread_of(Record.objects.get(pk=record.pk), ANONYMOUS, today=TODAY).boxes}
        assert wanted - shown == set()


def test_a_missing_step_is_a_gap_that_says_what_is_missing(world):
    resolution = chain(world)[0]
    gaps = thread_of(resolution, ANONYMOUS, today=TODAY).gaps
    assert [(g.below.number, str(g.sentence)) for g in gaps] == [("2", "no measure yet")]


def test_before_its_first_day_a_step_is_not_due(world):
    activity = make_activity(world, make_measure(world), on=TODAY + dt.timedelta(days=5))
    (gap,) = thread_of(activity, ANONYMOUS, today=TODAY).gaps
    assert not gap.due


def test_a_gap_is_not_said_where_the_next_step_exists_but_is_hidden(world):
    measure = make_measure(world)
    activity = make_activity(world, measure)
    with_hidden = Record.objects.filter(pk=activity.pk)
    from tertia.core.actions.action import ACTIONS, action
    from tertia.core.actions.policies import anyone

    @action("test.hide", may=anyone)
    def hide(*, by):
        with_hidden.update(visibility="office")

    hide(by=world.office)
    del ACTIONS["test.hide"]
    thread = thread_of(measure, ANONYMOUS, today=TODAY)
    assert [b.record.pk for b in thread.boxes] == [measure.pk]
    assert thread.gaps == []


def test_the_story_goes_from_the_resolution_down_to_the_hours(world):
    resolution, *_rest, sheet = chain(world)
    lines = story_lines(thread_of(resolution, ANONYMOUS, today=TODAY))
    assert [(line.depth, line.record.kind) for line in lines if line.record] == [
        (0, "resolution"), (1, "recommendation"), (2, "measure"), (3, "activity"), (4, "hours"), (1, "recommendation"),
    ]  # fmt: skip
    assert "12.0 h claimed, not signed" in story_text(resolution, ANONYMOUS, today=TODAY)
    assert sheet.title


def test_the_thread_costs_the_same_however_long_it_is(world, django_assert_num_queries):
    measure = make_measure(world)
    make_activity(world, measure)
    with django_assert_num_queries(5):
        thread_of(measure, ANONYMOUS, today=TODAY)
    for i in range(6):
        make_sheet(world, make_activity(world, measure, words=f"Activity {i}"), people=1, asked=False)
    with django_assert_num_queries(6):
        thread_of(measure, ANONYMOUS, today=TODAY)


def test_an_undeclared_pair_is_refused_by_the_action_and_by_the_database(world):
    need, measure = make_need(world), make_measure(world)
    with pytest.raises(NotDeclared):
        link_records(by=world.office, lower=need, relation="carries-out", upper=measure)
    with pytest.raises(Exception, match="no relation declares"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_link (relation, lower_id, upper_id, created_at) VALUES ('carries-out', %s, %s, '2026-01-01')",
            [need.pk, measure.pk],
        )
    assert Link.objects.filter(lower=need.pk).count() == 0


def test_joining_twice_is_joining_once(world):
    need = make_need(world)
    measure = make_measure(world, need)
    link_records(by=world.office, lower=measure, relation="answers", upper=need)
    assert Link.objects.filter(lower=measure.pk, upper=need.pk).count() == 1


def test_a_link_is_taken_away_by_whoever_may_make_it(world):
    need = make_need(world)
    measure = make_measure(world, need)
    link = Link.objects.get(lower=measure.pk)
    with pytest.raises(NotAllowed):
        unlink_records(by=world.other_office, link=link)
    unlink_records(by=world.office, link=link)
    assert not Link.objects.filter(lower=measure.pk).exists()


def test_the_second_university_cannot_link_what_it_does_not_own(world):
    need, measure = make_need(world), make_measure(world)
    with pytest.raises(NotAllowed):
        link_records(by=world.other_office, lower=measure, relation="answers", upper=need)


def test_a_record_of_the_office_is_seen_by_the_office_and_its_author_only(world):
    need = make_need(world, public=False)

    def sees(actor):
        return Record.objects.visible_to(actor).filter(pk=need.pk).exists()

    assert [sees(world.actor(k)) for k in ("office", "leader", "editor", "citizen")] == [True] * 4
    assert [sees(world.actor(k)) for k in ("member", "analyst", "partner", "akimat", "other-office", "other-administrator")] == [False] * 6
    assert not sees(ANONYMOUS)


def test_every_kind_has_a_lifecycle_that_begins_and_moves_inside_its_states():
    for kind in KINDS.values():
        lifecycle = kind.lifecycle
        assert lifecycle.first in lifecycle.states
        assert {s for move in lifecycle.moves for s in move} <= set(lifecycle.states)
        assert set(lifecycle.signs) == set(lifecycle.states)
    assert {k for r in RELATIONS.values() for pair in r.pairs for k in pair} <= set(KINDS)


def test_the_indicator_of_a_recommendation_is_in_the_thread_of_the_hours_it_counts(world):
    from tertia.measure.indicators.actions import choose_indicator

    _resolution, recommendation, _measure, _activity, sheet = chain(world)
    indicator = choose_indicator(
        by=world.office, owner=world.university, catalogue_id="volunteer-hours-total", measures=[Record.objects.get(pk=recommendation.pk)]
    )
    shown = {box.record.pk for box in thread_of(Record.objects.get(pk=sheet.pk), ANONYMOUS, today=TODAY).boxes}
    assert indicator.pk in shown
