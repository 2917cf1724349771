"""A meeting's records as the facts of its minutes. A constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils import timezone

from tertia.core.languages.text import Text
from tertia.plan.councils.minutes import DecisionFacts, ItemFacts, MeetingFacts, MotionFacts, PersonFacts, ReviewFacts
from tertia.plan.councils.models import Interest, Meeting, Motion

__all__ = ["meeting_facts"]

#: seconds by which somebody may come late or leave early without the minutes saying so
LATE = 600


def _clock(moment: Any) -> str:
    return f"{timezone.localtime(moment):%H:%M}" if moment else ""


def _named(words: str) -> Text:
    """A name of a person, the same in every language."""
    return Text.of("ru", ru=words, kk=words, en=words)


def _person(invitation: Any, meeting: Meeting) -> PersonFacts:
    spans = list(invitation.presences.all())
    late = [s for s in spans if meeting.opened_at and (s.came_at - meeting.opened_at).total_seconds() > LATE]
    early = [s for s in spans if s.left_at and meeting.closed_at and (meeting.closed_at - s.left_at).total_seconds() > LATE]
    times = "; ".join(f"{_clock(s.came_at)}–{_clock(s.left_at)}" for s in spans) if late or early or len(spans) > 1 else ""
    return PersonFacts(
        invitation.name, invitation.who, invitation.organisation.name_on(meeting.starts_on) if invitation.organisation else Text({}), invitation.sector,
        invitation.duty, invitation.votes, bool(spans), spans[-1].mode if spans else "site", invitation.reason, times,
    )  # fmt: skip


def _motion(motion: Motion, interested: list[str]) -> MotionFacts:
    voices = tuple((v.invitation.who, v.choice) for v in motion.voices.all()) if motion.form != "secret" else ()
    return MotionFacts(
        motion.text, motion.form, motion.votes_for, motion.votes_against, motion.votes_abstained, motion.present, motion.seats, motion.needed, motion.outcome,
        motion.by_casting_vote, voices, tuple(interested),
    )  # fmt: skip


def meeting_facts(meeting: Meeting) -> MeetingFacts:
    """What the minutes are made of, as it stands now."""
    invitations = list(meeting.invitations.select_related("organisation").prefetch_related("presences", "organisation__names"))
    for one in invitations:
        one.meeting = meeting
    interests: dict[int, list[str]] = defaultdict(list)
    for interest in Interest.objects.filter(item__meeting=meeting, ended_on=None).select_related("tenure"):
        if interest.item_id:
            interests[interest.item_id].append(interest.tenure.name)
    rows = meeting.items.select_related("suggestion").prefetch_related(
        "papers", "speakers__invitation", "motions__voices__invitation", "decisions__responsible", "decisions__body", "reviews__decision"
    )
    items = []
    for item in rows.order_by("position", "pk"):
        decisions = tuple(
            DecisionFacts(
                d.number,
                d.title,
                d.body.name if d.body else _named(d.responsible.name) if d.responsible else Text({}),
                d.due_on,
                d.proof,
                d.at_once,
            )
            for d in sorted(item.decisions.all(), key=lambda d: d.pk)
        )
        reviews = tuple(ReviewFacts(r.decision.number, r.decision.title, r.outcome, r.words, r.decision.due_on) for r in item.reviews.all())
        items.append(
            ItemFacts(
                item.position, item.title, item.words, item.speaker, item.suggestion.name if item.suggestion else "", item.heard, item.state,
                tuple(p.title for p in item.papers.all()), tuple(dict.fromkeys(s.invitation.who for s in item.speakers.all() if s.began_at)),
                tuple(_motion(m, interests[item.pk]) for m in item.motions.all() if m.closed_at), decisions, reviews,
            )
        )  # fmt: skip
    secretary = next(
        (i.who for i in invitations if i.duty == "secretary"), meeting.council.responsible.name if meeting.council.responsible else ""
    )
    return MeetingFacts(
        meeting.council.title, meeting.owner.name_on(meeting.starts_on), meeting.number, meeting.starts_on, _clock(meeting.opened_at or meeting.starts_at),
        _clock(meeting.closed_at), ", ".join(p for p in (meeting.where, meeting.online) if p), meeting.chair_name, secretary,
        tuple(_person(i, meeting) for i in invitations), tuple(items), meeting.demonstration, meeting.correction,
    )  # fmt: skip
