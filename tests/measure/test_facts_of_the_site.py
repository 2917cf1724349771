"""Columns that the database computes, with rows of the site, on both databases."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone
from tests.cast import SYSTEM, TODAY, make_activity, make_measure, make_opportunity, make_student, make_volunteer, write_directly, write_new

from tertia.act.activities.actions import ask_host, attest_hours, claim_hours
from tertia.act.volunteering.models import Consent, SignUp
from tertia.core.actions import guard
from tertia.core.actions.actor import Actor
from tertia.core.parties.actions import add_person, give_role
from tertia.core.parties.models import Membership
from tertia.measure.indicators.actions import choose_indicator
from tertia.measure.indicators.engine.compute import compute
from tertia.measure.indicators.engine.definition import definitions
from tertia.measure.indicators.queries import current_facts
from tertia.measure.targets.actions import Proposal, decide_target, propose_target
from tertia.plan.strategy.actions import move_measure


def figure_of(owner, name, period="2026-27"):
    definition = definitions()[name]
    with current_facts(owner, *{s.table for s in definition.sides}) as facts:
        found = next(iter(compute(definition, facts, organisations=[owner.slug], periods=[period])))
    return found.numerator, found.denominator, found.state


def figure(world, name, period="2026-27"):
    return figure_of(world.university, name, period)


def volunteers(world, people, on):
    sheet = claim_hours(
        by=world.office, activity=make_activity(world, on=on), rows=[(p, world.unit, Decimal(2), "student") for p in people]
    )
    sheet = ask_host(by=world.office, sheet=sheet, on=TODAY)
    attest_hours(by=Actor.holding(sheet.link), sheet=sheet, changes={}, absent=set())


def leaver(world, key, last):
    person = add_person(by=SYSTEM, home=world.university, name=f"Leaver {key}", key=key)
    give_role(by=SYSTEM, person=person, organisation=world.university, role="member", standing="student", valid_from=dt.date(2025, 9, 1))
    token = guard._open.set(guard.OpenAction("test"))
    Membership.objects.filter(person=person).update(valid_to=last)
    guard._open.reset(token)
    return person


@pytest.mark.parametrize("month", [dt.date(2025, 9, 1), dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(2026, 8, 31)])
def test_who_left_before_the_next_september_is_not_asked_to_come_back(world, month):
    stays, left, stays_on = make_student(world, 1), leaver(world, "L1", dt.date(2026, 8, 31)), leaver(world, "L2", dt.date(2026, 9, 1))
    volunteers(world, [stays, left, stays_on], month)
    volunteers(world, [stays], dt.date(2026, 10, 1))
    assert figure(world, "volunteer-return-rate") == (1, 2, "value")


def test_minors_are_those_under_eighteen_on_the_day_and_their_papers_a_parents_consent(world):
    """Born on the day of the eighteenth birthday: no minor; a day later: one. Under fourteen the law asks for a parent's consent."""
    opportunity = make_opportunity(world, places=20, shifts=1)
    shift = opportunity.shifts.get()
    on = shift.local()[0].date()
    births = {"grown": on.replace(year=on.year - 18), "minor": on.replace(year=on.year - 18) + dt.timedelta(days=1), "child": on.replace(year=on.year - 13), "asked": on.replace(year=on.year - 13), "unknown": None}  # fmt: skip
    for n, (name, born) in enumerate(births.items(), start=1):
        person = make_volunteer(world, n)
        person.birth_date = born
        write_directly(person)
        write_new(SignUp(shift=shift, person=person, number=n, signed_up_at=timezone.now(), came=True))
        if name == "asked":
            write_new(Consent(opportunity=opportunity, person=person, asked_at=timezone.now(), given_at=timezone.now()))
        if name == "child":
            write_new(Consent(opportunity=opportunity, person=person, asked_at=timezone.now()))
    assert figure(world, "minor-participation-consent-share") == (2, 3, "value")


def test_a_measure_counts_as_done_when_it_was_in_time_and_something_proves_it(world):
    proved, bare = make_measure(world, words="Proved"), make_measure(world, words="Bare")
    make_activity(world, proved)
    for measure in (proved, bare):
        move_measure(by=world.office, measure=measure, state="done")
    assert proved.__class__.objects.get(pk=proved.pk).closed_on is not None
    assert figure(world, "strategy-measures-done-share") == (1, 2, "value")


def test_faculties_with_a_target_of_their_own(world):
    make_student(world, 1)
    indicator = choose_indicator(by=world.office, owner=world.university, catalogue_id="volunteer-hours-total")
    assert figure(world, "units-with-kpi-share") == (Decimal(0), 1, "missing") or figure(world, "units-with-kpi-share")[2] in (
        "value",
        "missing",
    )
    made = propose_target(by=world.office, owner=world.university, proposal=Proposal(indicator, "2026-27", Decimal(5), unit=world.unit))
    assert figure(world, "units-with-kpi-share") == (0, 1, "value")
    decide_target(by=world.leader, target=made, approve=True, on=TODAY)
    assert figure(world, "units-with-kpi-share") == (1, 1, "value")


def test_the_data_dictionary_is_whole_in_three_languages(client, db):
    """Every table, column and unit of facts has its words in Kazakh and Russian; none is left over."""
    import tomllib

    from tertia.core.facts.declare import FACTS
    from tertia.core.facts.dictionary import DICTIONARY, said

    words = {row["en"]: row for row in tomllib.loads(DICTIONARY.read_text())["word"]}
    wanted = (
        {t.meaning for t in FACTS.values()}
        | {c.meaning for t in FACTS.values() for c in t.columns}
        | {c.unit for t in FACTS.values() for c in t.columns if c.unit}
    )
    assert wanted - set(words) == set() and set(words) - wanted - {t.unit for t in FACTS.values()} == set()
    assert all(row["ru"].strip() and row["kk"].strip() for row in words.values())
    assert said("hours claimed", "kk") == "мәлімделген сағат" and said("anything else", "ru") == "anything else"
    page = client.get("/kk/facts/").content.decode()
    assert "Әр мұқтаждыққа" in page or "әр мұқтаждыққа" in page
    assert "заявленные часы" in client.get("/ru/facts/").content.decode()
