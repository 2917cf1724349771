"""An invented council with a year of meetings: those from outside are asked, come, suggest, and a course is changed because of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from tertia.core.access.models import Pass
from tertia.core.actions.actor import Actor
from tertia.core.languages.text import Text
from tertia.core.periods import clock
from tertia.core.records.models import Record
from tertia.demonstration.cast import Cast
from tertia.demonstration.content import load, text
from tertia.plan.councils.actions import (
    add_item,
    add_seat,
    answer_invitation,
    answer_suggestion,
    approve_minutes,
    arrive,
    ask_to_speak,
    begin_item,
    call_meeting,
    close_meeting,
    close_vote,
    decide,
    end_tenure,
    fill_seat,
    found_council,
    give_floor,
    leave,
    link_change,
    note,
    open_meeting,
    open_vote,
    plan_meeting,
    report_done,
    review_decision,
    suggest,
    vote,
    vote_secretly,
)
from tertia.plan.councils.models import Council, Decision, Invitation, Meeting, Suggestion

__all__ = ["sit"]

ROOM = "Зал 211"


def sit(cast: Cast, day: dt.date, tell: Any) -> None:
    """Two meetings that were held and one that is called; one employer's seat is empty."""
    content = load("councils")
    council = _council(cast, content, day)
    first, second, third = (day - dt.timedelta(days=n) for n in (200, 55, -9))
    with clock.at(first - dt.timedelta(days=20), 12):
        _suggest(cast, council, content, "library", "partner", "ngo", "demonstration-eco-club")
    meeting = _first(cast, council, content, first)
    with clock.at(second - dt.timedelta(days=15), 12):
        _suggest(cast, council, content, "practice", "akimat", "local", "demonstration-akimat")
    _second(cast, council, content, meeting, second)
    with clock.at(day - dt.timedelta(days=6), 12):
        _suggest(cast, council, content, "data", "partner", "ngo", "demonstration-eco-club")
    with clock.at(day - dt.timedelta(days=2), 10):
        office = cast.actor("office", day)
        coming = _prepare(office, council, third)
        add_item(
            by=office,
            meeting=coming,
            title=text(content["item"]["report"]),
            words=text(content["item"]["report"], "words_"),
            speaker=cast.people["editor"].name,
        )
        call_meeting(by=office, meeting=coming)
        answer_invitation(by=cast.actor("akimat", day), invitation=_of(coming, "local"), answer="accepted")
    tell("a council and its meetings", 3)


def _council(cast: Cast, content: dict[str, Any], day: dt.date) -> Council:
    row, began = content["council"], day - dt.timedelta(days=420)
    with clock.at(began, 10):
        office = cast.actor("office", began)
        council = found_council(
            by=office, owner=cast.university, title=text(row), summary=text(row, "summary_"), form=row["form"], group=row["group"], on=began,
            secretary=cast.people["office"], demonstration=True,
        )  # fmt: skip
        for seat in content["seat"]:
            made = add_seat(by=office, council=council, sector=seat["sector"], title=text(seat), duty=seat.get("duty", "member"))
            person = cast.people.get(seat.get("person", ""))
            tenure = fill_seat(
                by=office, seat=made, name=person.name if person else seat["name"], email=person.email if person else seat["email"], starts_on=began, person=person,
                organisation=cast.bodies.get(seat.get("body", "")),
            )  # fmt: skip
            if "ended" in seat:
                with clock.at(day - dt.timedelta(days=seat["ended"]), 10):
                    end_tenure(by=office, tenure=tenure, on=clock.today(), why=seat["why"])
    return council


def _suggest(cast: Cast, council: Council, content: dict[str, Any], name: str, who: str, sector: str, body: str) -> Suggestion:
    row = content["suggestion"][name]
    return suggest(
        by=cast.actor(who, clock.today()),
        council=council,
        title=text(row),
        words=text(row, "words_"),
        sector=sector,
        organisation=cast.bodies[body],
        on=clock.today(),
    )


def _prepare(office: Actor, council: Council, on: dt.date) -> Meeting:
    start = timezone.make_aware(dt.datetime.combine(on, dt.time(15)))
    return plan_meeting(by=office, council=council, starts_at=start, ends_at=start + dt.timedelta(hours=2), where=ROOM)


def _of(meeting: Meeting, key: str) -> Invitation:
    rows = meeting.invitations.select_related("meeting__council", "tenure", "organisation")
    return rows.get(duty=key) if key in ("chair", "secretary") else rows.filter(sector=key, duty="member").order_by("pk")[0]


def _holder(invitation: Invitation) -> Actor:
    """Whoever holds the member's link."""
    return Actor.holding(Pass.objects.filter(purpose="councils.seat", subject_id=invitation.pk, revoked_at=None).latest("pk"))


def _open(office: Actor, meeting: Meeting, on: dt.date, chair: str) -> None:
    with clock.at(on, 15):
        open_meeting(by=office, meeting=meeting, chair_name=chair)


def _first(cast: Cast, council: Council, content: dict[str, Any], on: dt.date) -> Meeting:
    """The club's suggestion is adopted by five of six, and somebody rewrites the outcome of the course."""
    office = cast.actor("office", on)
    with clock.at(on - dt.timedelta(days=14), 11):
        meeting = _prepare(office, council, on)
        report = add_item(
            by=office,
            meeting=meeting,
            title=text(content["item"]["report"]),
            words=text(content["item"]["report"], "words_"),
            speaker=cast.people["editor"].name,
        )
        item = add_item(
            by=office,
            meeting=meeting,
            title=Text({}),
            kind="decision",
            suggestion=Suggestion.objects.filter(council=council).earliest("pk"),
        )
        call_meeting(by=office, meeting=meeting)
    with clock.at(on - dt.timedelta(days=12), 18):
        for key in ("local", "ngo", "employer"):
            answer_invitation(by=_holder(_of(meeting, key)), invitation=_of(meeting, key), answer="accepted")
        answer_invitation(
            by=_holder(_of(meeting, "student")),
            invitation=_of(meeting, "student"),
            answer="declined",
            reason="An examination at the same hour",
        )
    _open(office, meeting, on, cast.people["leader"].name)
    with clock.at(on, 15, 5):
        for key in ("chair", "secretary", "academic", "local", "ngo"):
            arrive(by=office, invitation=_of(meeting, key))
        arrive(by=_holder(_of(meeting, "employer")), invitation=_of(meeting, "employer"), mode="afar", how="link")
    with clock.at(on, 15, 20):
        begin_item(by=office, item=report)
        speaker = ask_to_speak(by=_holder(_of(meeting, "employer")), invitation=_of(meeting, "employer"), item=report)
        give_floor(by=office, speaker=speaker)
        note(by=office, item=report, heard=text(content["item"]["report"], "heard_"))
        decide(by=office, item=report, text=text(content["decision"]["taken"]), at_once=True)
    with clock.at(on, 15, 50):
        begin_item(by=office, item=item)
        motion = open_vote(by=office, item=item, text=text(content["suggestion"]["library"]))
        for key, choice in (
            ("chair", "for"),
            ("secretary", "for"),
            ("academic", "abstain"),
            ("local", "for"),
            ("ngo", "for"),
            ("employer", "for"),
        ):
            one = _of(meeting, key)
            vote(by=_holder(one), motion=motion, invitation=one, choice=choice)
        motion = close_vote(by=office, motion=motion)
        row = content["decision"]["outcome"]
        decide(
            by=office,
            item=item,
            text=text(row),
            motion=motion,
            responsible=cast.people["editor"],
            due_on=on + dt.timedelta(days=90),
            proof=text(row, "proof_"),
            public=True,
        )
        answer_suggestion(
            by=office, suggestion=item.suggestion, state="adopted", answer=text(content["suggestion"]["library"], "answer_"), on=on
        )
    with clock.at(on, 17):
        close_meeting(by=office, meeting=meeting)
    return meeting


def _second(cast: Cast, council: Council, content: dict[str, Any], before: Meeting, on: dt.date) -> None:
    """The first decision comes back done and changed a course; the akimat is asked to name departments; a secret vote."""
    office = cast.actor("office", on)
    first = Decision.objects.get(council=council, responsible=cast.people["editor"])
    with clock.at(on - dt.timedelta(days=14), 11):
        meeting = _prepare(office, council, on)
        item = add_item(
            by=office,
            meeting=meeting,
            title=Text({}),
            kind="decision",
            suggestion=Suggestion.objects.filter(council=council, state="waiting").earliest("pk"),
        )
        call_meeting(by=office, meeting=meeting)
    with clock.at(on - dt.timedelta(days=9), 9):
        answer_invitation(
            by=_holder(_of(meeting, "local")),
            invitation=_of(meeting, "local"),
            answer="deputy",
            deputy_name="Demonstration Deputy of the akimat",
            deputy_email="akimat-deputy@demonstration.invalid",
        )
        answer_invitation(by=_holder(_of(meeting, "ngo")), invitation=_of(meeting, "ngo"), answer="accepted")
        report_done(
            by=cast.actor("editor", on),
            decision=first,
            words=text(content["decision"]["outcome"], "report_"),
            on=on - dt.timedelta(days=30),
        )
    _open(office, meeting, on, cast.people["leader"].name)
    with clock.at(on, 15, 5):
        for key in ("chair", "secretary", "academic", "student", "local", "ngo"):
            arrive(by=office, invitation=_of(meeting, key))
    with clock.at(on, 15, 15):
        for review in meeting.items.get(kind="due").reviews.all():
            review_decision(by=office, review=review, outcome="done", words=text(content["decision"]["outcome"], "report_"), on=on)
        if (course := Record.objects.filter(owner=cast.university, as_course__code="D-SRV101").first()) is not None:
            link_change(by=office, decision=first, record=course)
    with clock.at(on, 15, 40):
        begin_item(by=office, item=item)
        motion = open_vote(by=office, item=item, text=text(content["suggestion"]["practice"]), form="secret")
        for key, choice in (
            ("chair", "for"),
            ("secretary", "abstain"),
            ("academic", "against"),
            ("student", "for"),
            ("local", "for"),
            ("ngo", "for"),
        ):
            one = _of(meeting, key)
            vote_secretly(by=_holder(one), motion=motion, invitation=one, choice=choice)
        motion = close_vote(by=office, motion=motion)
        places, plan = content["decision"]["places"], content["decision"]["plan"]
        decide(
            by=office,
            item=item,
            text=text(places),
            motion=motion,
            body=cast.bodies["demonstration-akimat"],
            due_on=on + dt.timedelta(days=40),
            proof=text(places, "proof_"),
        )
        decide(
            by=office,
            item=item,
            text=text(plan),
            responsible=cast.people["editor"],
            due_on=on + dt.timedelta(days=120),
            proof=text(plan, "proof_"),
        )
        answer_suggestion(by=office, suggestion=item.suggestion, state="partly", answer=text(places), on=on)
    with clock.at(on, 16, 30):
        leave(by=office, invitation=_of(meeting, "student"))
    with clock.at(on, 17):
        approve_minutes(by=office, meeting=before, on=on, approved_by=cast.people["leader"].name, at=meeting, public=True)
        close_meeting(by=office, meeting=meeting)
