"""Invented agreements, an adopted strategy, joint projects, offers, money: what the university does with others, on paper and in fact."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from tertia.act.activities.actions import confirm_outcome, write_outcome
from tertia.act.activities.models import Activity
from tertia.act.partnerships.actions import (
    answer_assessment,
    draft_agreement,
    invite_to_desk,
    offer_agreement,
    propose_agreement,
    sign,
    write_contact,
)
from tertia.act.partnerships.actions.writing import Side
from tertia.act.partnerships.models import Assessment, Signature
from tertia.act.projects.actions import (
    With,
    add_stage,
    agree_to_lead,
    confirm_result,
    finish_stage,
    propose_project,
    state_result,
    write_log,
)
from tertia.act.projects.models import Project
from tertia.act.startups.actions import confirm_startup, end_startup, register_startup
from tertia.core.access.models import Pass
from tertia.core.actions.actor import Actor
from tertia.core.languages.text import Text
from tertia.core.money.actions import state_year, write_money
from tertia.core.periods import clock
from tertia.core.periods.months import add_months
from tertia.core.periods.years import academic_year
from tertia.core.records.models import Record
from tertia.demonstration.cast import Cast
from tertia.demonstration.content import load, text
from tertia.plan.capacities.actions import write_offer
from tertia.plan.practice.actions import judge_practice, keep_practice
from tertia.plan.strategy.actions import (
    adopt_strategy,
    approve_step,
    begin_review,
    choose_need,
    choose_partner,
    move_measure,
    plan_measure,
    set_priorities,
    take_measure,
    write_strategy,
)
from tertia.plan.strategy.actions.approving import next_step
from tertia.plan.strategy.models import Measure, Strategy

__all__ = ["agree", "follow_up", "write_down_strategy"]


def agree(cast: Cast, day: dt.date) -> None:
    """Agreements before the activities that are done under them: in force, near their end, asleep, waiting for a signature, proposed."""
    content = load("together")
    for row in content["agreement"]:
        began = day - dt.timedelta(days=row["began"])
        on = min(began, day) - dt.timedelta(days=6)
        ends = (
            day + dt.timedelta(days=row["ends"])
            if "ends" in row
            else add_months(began, row["months"]) - dt.timedelta(days=1)
            if row["months"]
            else None
        )
        party, ours = cast.bodies[row["party"]], content["ours"]
        with clock.at(on, 10):
            office = cast.actor("office", on)
            sides = [
                Side(
                    cast.university, text(ours, "gives_"), text(row, "gives_"), "Vice-rector (invented)", "vice-rector", "power of attorney"
                ),
                Side(party, text(row, "gives_"), text(row, "gets_"), "Head (invented)", "head", "charter"),
            ]
            made = draft_agreement(
                by=office, owner=cast.university, title=text(row), sides=sides, form=row["form"], starts_on=began, ends_on=ends, terms=text(ours, "terms_"),
                renewal=row["renewal"], unit=cast.units[row["unit"]],
            )  # fmt: skip
            made = offer_agreement(by=office, agreement=made, on=on)
        with clock.at(on + dt.timedelta(days=2), 15):
            for signature in Signature.objects.filter(term__agreement=made).select_related("party__organisation"):
                if row.get("signed", True) or signature.party.organisation_id == cast.university.pk:
                    _sign(signature, on + dt.timedelta(days=2))
    for row in content["contact"]:
        on = day - dt.timedelta(days=200)
        with clock.at(on, 11):
            write_contact(
                by=cast.actor("office", on), owner=cast.university, organisation=cast.bodies[row["party"]], name=row["name"], purpose=row["purpose"],
                consent="by letter", on=on, email=cast.bodies[row["party"]].email, kept_by=cast.people[row["kept_by"]],
            )  # fmt: skip
    _propose(cast, content["proposal"], day)


def _sign(signature: Signature, on: dt.date) -> None:
    sign(by=_holder("partnerships.sign", signature), signature=signature, name=signature.party.signatory, duty=signature.party.duty, on=on)


def _holder(purpose: str, subject: Any) -> Actor:
    """Whoever holds the newest link for this."""
    return Actor.holding(Pass.objects.filter(purpose=purpose, subject_id=subject.pk).order_by("-pk").first())


def _propose(cast: Cast, row: dict[str, Any], day: dt.date) -> None:
    """What the museum proposed by its own link, three days ago, and nobody has taken up yet."""
    on, museum = day - dt.timedelta(days=3), cast.bodies[row["party"]]
    with clock.at(on, 12):
        link = invite_to_desk(by=cast.actor("office", on), owner=cast.university, organisation=museum)
        propose_agreement(
            by=Actor.holding(link), organisation=museum, owner=cast.university, title=text(row), gives=text(row, "gives_"), gets=text(row, "gets_"),
            months=row["months"], on=on,
        )  # fmt: skip


def write_down_strategy(cast: Cast, needs: dict[str, Any], measures: dict[str, Measure], day: dt.date) -> Strategy:
    """Written from needs, approved by two and adopted; the measures that it takes up are frozen with it."""
    content = load("together")["strategy"]
    year, on = academic_year(day), day - dt.timedelta(days=25)
    with clock.at(on, 10):
        office = cast.actor("office", on)
        made = write_strategy(
            by=office, owner=cast.university, title=text(content), mission=text(content, "mission_"), forms=content["forms"], starts_on=year.start,
            ends_on=dt.date(year.start.year + 3, 8, 31), analysis=text(content, "analysis_"),
        )  # fmt: skip
        for key in content["needs"]:
            choose_need(by=office, strategy=made, need=Record.objects.get(pk=needs[key].pk))
        for slug in content["partners"]:
            choose_partner(by=office, strategy=made, organisation=cast.bodies[slug])
        set_priorities(by=office, strategy=made, titles=[text(p) for p in content["priority"]])
        for number in content["takes"]:
            take_measure(by=office, strategy=made, measure=measures[number])
        first = list(made.priorities.all())
        for row in content["measure"]:
            starts = year.start + dt.timedelta(days=row["from"])
            measures[row["number"]] = plan_measure(
                by=office, owner=cast.university, title=text(row), answers=Record.objects.get(pk=needs[row["need"]].pk), starts_on=starts,
                ends_on=starts + dt.timedelta(days=row["days"]), number=row["number"], unit=cast.units[row["unit"]], budget=Decimal(row["budget"]),
                target=row["target"], proof=text(row, "proof_"), strategy=made, priority=first[row["priority"]], demonstration=True,
            )  # fmt: skip
        made = begin_review(
            by=office, strategy=made, route=[(text(s), cast.people.get(s.get("person", ""))) for s in content["step"]], on=on
        )
    return _adopted(cast, made, measures, content["decision"], day - dt.timedelta(days=20))


def _adopted(cast: Cast, strategy: Strategy, measures: dict[str, Measure], decision: str, on: dt.date) -> Strategy:
    with clock.at(on, 15):
        leader = cast.actor("leader", on)
        while (step := next_step(strategy)) is not None:
            approve_step(by=leader, step=step, on=on)
        strategy = adopt_strategy(by=leader, strategy=strategy, decision=decision, on=on)
        for measure in Measure.objects.filter(strategy=strategy, state="planned", starts_on__lte=on):
            measures[measure.number] = move_measure(by=cast.actor("office", on), measure=measure, state="underway")
    return strategy


def follow_up(cast: Cast, needs: dict[str, Any], measures: dict[str, Measure], day: dt.date, tell: Any) -> None:
    """After the activities: what partners say of them, joint projects, offers, money, an outcome, an example of practice."""
    content = load("together")
    _assess(content["assessment"], day)
    _projects(cast, needs, content, day)
    _startups(cast, content["startup"], day)
    on = day - dt.timedelta(days=40)
    with clock.at(on, 9):
        office = cast.actor("office", on)
        for row in content["offer"]:
            person = cast.people.get(row.get("person", ""))
            write_offer(
                by=Actor.of(person, on) if person else office, owner=cast.university, organisation=cast.units.get(row["by"]) or cast.bodies[row["by"]],
                kind=row["kind"], title=text(row), person=person,
            )  # fmt: skip
        state_year(
            by=office, organisation=cast.university, year=on.year - 1, source=content["year"].pop("source"), **_sums(content["year"])
        )
    _money(cast, content["money"], measures, day)
    _outcome(cast, content["outcome"], day)
    _practice(cast, content["practice"], day)
    tell("agreements, projects, offers", len(content["agreement"]))


def _sums(row: dict[str, Any]) -> dict[str, Decimal]:
    return {name: Decimal(value) for name, value in row.items()}


def _assess(row: dict[str, Any], day: dt.date) -> None:
    """Two of three sides that were asked said how it went; one in nine said: partly."""
    for n, one in enumerate(Assessment.objects.filter(answered_on=None).order_by("pk")):
        on = min(one.asked_on + dt.timedelta(days=2), day)
        if n % 3 == 2:
            continue
        partly = n % 9 == 4
        with clock.at(on, 16):
            answer_assessment(
                by=_holder("partnerships.assess", one), assessment=one, met="partly" if partly else "yes", again="maybe" if partly else "yes",
                good=text(row, "good_") if n % 2 else Text({}), change=text(row, "change_") if partly else Text({}), on=on,
            )  # fmt: skip


def _startups(cast: Cast, rows: list[dict[str, Any]], day: dt.date) -> None:
    """Firms of graduates: one at work for years, one that has just become a year old, one that ended, a young one."""
    for row in rows:
        began = day - dt.timedelta(days=row["began"])
        with clock.at(began + dt.timedelta(days=min(20, row["began"])), 11):
            made = register_startup(
                by=cast.actor("office", began), owner=cast.university, title=text(row), summary=text(row, "does_"), starts_on=began, unit=cast.units[row["unit"]],
                graduated_in=began.year - row["after"], helped_with=text(row, "helped_"),
            )  # fmt: skip
        for after, doing in ((row.get("seen"), confirm_startup), (row.get("ended"), end_startup)):
            if after is not None:
                on = began + dt.timedelta(days=after)
                with clock.at(on, 11):
                    office = cast.actor("office", on)
                    if doing is confirm_startup:
                        confirm_startup(by=office, startup=made, how_seen=text(row, "seen_"), on=on)
                    else:
                        end_startup(by=office, startup=made, ends_on=on)


def _projects(cast: Cast, needs: dict[str, Any], content: dict[str, Any], day: dt.date) -> None:
    row = content["project"]
    made = _proposed(cast, needs, row, day, helper=True)
    began = day - dt.timedelta(days=row["began"])
    leader = cast.bodies[row["leader"]]
    with clock.at(began + dt.timedelta(days=5), 10):
        office = cast.actor("office", began + dt.timedelta(days=5))
        for stage in row["stage"]:
            due = began + dt.timedelta(days=stage["after"])
            one = add_stage(by=office, project=made, organisation=cast.university, title=text(stage), due_on=due, answers=leader)
            if stage.get("done"):
                finish_stage(by=office, project=made, organisation=cast.university, stage=one, on=began + dt.timedelta(days=5))
    on = day - dt.timedelta(days=6)
    with clock.at(on, 17):
        write_log(by=cast.actor("office", on), project=made, organisation=cast.university, words=text(row, "log_"), on=on)
    row = content["finished"]
    made, on = _proposed(cast, needs, row, day), day - dt.timedelta(days=row["ended"])
    with clock.at(on, 12):
        made = state_result(by=cast.actor("office", on), project=made, result=text(row, "result_"), on=on)
    with clock.at(on + dt.timedelta(days=1), 20):
        citizen = Actor.of(cast.people["citizen"], on + dt.timedelta(days=1))
        for one in made.confirmations.filter(person=cast.people["citizen"]):
            confirm_result(by=citizen, confirmation=one, says="yes", words=text(row, "words_"), on=on + dt.timedelta(days=1))


def _proposed(cast: Cast, needs: dict[str, Any], row: dict[str, Any], day: dt.date, helper: bool = False) -> Project:
    """Proposed by the university, agreed to by everybody two days later by their links."""
    began = day - dt.timedelta(days=row["began"])
    with clock.at(began, 9):
        parties = [With(cast.bodies[row["leader"]], True, text(row, "leader_"))]
        parties += [With(cast.bodies[row["helper"]], False, text(row, "helper_"))] if helper else []
        made = propose_project(
            by=cast.actor("office", began), owner=cast.university, title=text(row), parties=parties, expected=text(row, "expected_"),
            how_seen=text(row, "how_seen_"), starts_on=began, ends_on=began + dt.timedelta(days=row["days"]), on=began,
            solves=Record.objects.get(pk=needs[row["need"]].pk),
        )  # fmt: skip
    on = began + dt.timedelta(days=2)
    with clock.at(on, 9):
        for party in made.parties.filter(agreed_on=None):
            agree_to_lead(by=_holder("projects.join", party), party=party, yes=True, on=on)
    return Project.objects.get(pk=made.pk)


def _money(cast: Cast, rows: list[dict[str, Any]], measures: dict[str, Measure], day: dt.date) -> None:
    for row in rows:
        on = day - dt.timedelta(days=row["ago"])
        with clock.at(on, 14):
            write_money(
                by=cast.actor("office", on), record=Record.objects.get(pk=measures[row["of"]].pk), kind=row["kind"], category=row["category"],
                amount=Decimal(row["amount"]), on=on, source=cast.bodies[row["source"]] if "source" in row else None, evidence_words=row["evidence"],
            )  # fmt: skip


def _outcome(cast: Cast, row: dict[str, Any], day: dt.date) -> None:
    """What the partner itself confirmed of the last activity that was held with it."""
    last = (
        Activity.objects.filter(state="held", host=cast.bodies[row["confirmed_by"]], starts_on__lt=day)
        .order_by("-starts_on", "-pk")
        .first()
    )
    if last is None:
        return
    with clock.at(day, 8):
        made = write_outcome(
            by=cast.actor("office", day), record=last, what=text(row, "what_"), how_seen=text(row, "how_seen_"), on=last.starts_on or day
        )
        confirm_outcome(by=cast.actor("partner", day), outcome=made, organisation=cast.bodies[row["confirmed_by"]], on=day)


def _practice(cast: Cast, row: dict[str, Any], day: dt.date) -> None:
    on = day - dt.timedelta(days=30)
    with clock.at(on, 9):
        office = cast.actor("office", on)
        made = keep_practice(
            by=office, owner=cast.university, title=text(row), summary=text(row, "summary_"), who=row["who"], country=row["country"],
            came_of_it=text(row, "came_"), evidence_url=row["url"], evidence_words=row["evidence"], licence=row["licence"], demonstration=True,
        )  # fmt: skip
        judge_practice(by=office, practice=made, organisation=cast.university, verdict="changed", reason=text(row, "reason_"), on=on)
