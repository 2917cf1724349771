"""An invented conference from programme to adopted resolution, and one that is still to come."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from tertia.core.actions.actor import Actor
from tertia.core.languages.text import Text
from tertia.core.periods import clock
from tertia.demonstration.cast import Cast
from tertia.demonstration.content import load, text
from tertia.plan.conferences.actions import (
    acknowledge_dispatch,
    add_session,
    add_talk,
    adopt_resolution,
    amend,
    annex_minority_statement,
    announce_conference,
    answer_recommendations,
    ask_review,
    call_for_papers,
    decide_paper,
    draft_resolution,
    expand_addressee,
    gather,
    name_addressee,
    open_vote,
    propose,
    register_participant,
    review_paper,
    send_paper,
    send_resolution,
    set_places,
    take_stance,
    vote,
)
from tertia.plan.conferences.actions.answers import Answer
from tertia.plan.conferences.actions.papers import By
from tertia.plan.conferences.models import Conference, Dispatch, Proposal, Resolution, Session

__all__ = ["hold_conferences"]


def hold_conferences(cast: Cast, day: dt.date) -> None:
    content = load("conference")
    held = _announce(cast, content, "held", day)
    resolution = _work_out_and_adopt(cast, content, held)
    _send(cast, content, resolution)
    _coming(cast, content, day)


def _announce(cast: Cast, content: dict[str, Any], key: str, day: dt.date) -> Conference:
    row = content[key]
    on = day - dt.timedelta(days=row["days"])
    with clock.at(min(on, day) - dt.timedelta(days=30)):
        office = cast.actor("office", clock.today())
        conference = announce_conference(
            by=office, owner=cast.university, title=text(row), venue=text(row, "venue_"), starts_on=on, ends_on=on, visibility="public",
            registration_open=True, demonstration=True, place=cast.university.place, state="held" if on < day else "planned",
        )  # fmt: skip
        for session_row in content["session"]:
            session = add_session(
                by=office, conference=conference, kind=session_row["kind"], title=text(session_row), room=session_row["room"],
                starts_at=_moment(on, session_row["from"]), ends_at=_moment(on, session_row["to"]),
            )  # fmt: skip
            for i in range(len(session_row["talks_en"])):
                talk = Text.of("en", **{lang: session_row[f"talks_{lang}"][i] for lang in ("en", "ru", "kk")})
                add_talk(by=office, session=session, title=talk)
    return conference


def _moment(day: dt.date, clock_words: str) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.fromisoformat(clock_words)))


def _work_out_and_adopt(cast: Cast, content: dict[str, Any], conference: Conference) -> Resolution:
    on = conference.starts_on
    assert on is not None
    sections = list(Session.objects.filter(conference=conference, kind="section").order_by("room"))
    with clock.at(on, 12):
        office = cast.actor("office", on)
        voters = [*cast.staff[:24], *cast.students[1:11]]
        for i, person in enumerate(voters):
            register_participant(by=office, conference=conference, person=person, section=sections[i % 3])
        proposals: list[list[Proposal]] = []
        for group in content["group"]:
            section = sections[group["section"] - 1]
            authors = [Actor.of(voters[n], on) for n in range(group["section"] - 1, 12, 3)]
            proposals.append([_propose(section, text(item), authors) for item in group["item"]])
    with clock.at(on, 16):
        office = cast.actor("office", on)
        resolution = draft_resolution(by=office, conference=conference, title=conference.title, demonstration=True)
        for n, (group, found) in enumerate(zip(content["group"], proposals), start=1):
            gather(by=office, resolution=resolution, proposals=found, group=n, lead_in=text(group, "lead_in_"))
        open_vote(by=office, resolution=resolution)
        for i, person in enumerate(voters):
            vote(by=Actor.of(person, on), resolution=resolution, choice="against" if i % 4 == 3 else "abstain" if i == 20 else "for")
        resolution = adopt_resolution(by=office, resolution=resolution, on=on)
        annex_minority_statement(by=office, resolution=resolution, text=text(content["minority"]), on=on)
    return resolution


def _propose(section: Session, words: Text, authors: list[Actor]) -> Proposal:
    """A first version, an amendment, two who support and one who objects."""
    shorter = Text.of("en", **{lang: v[0].split(",")[0].rstrip(";.") + ";" for lang, v in words.versions.items()})
    proposal = propose(by=authors[0], session=section, text=shorter)
    if shorter != words:
        proposal = amend(by=authors[1], proposal=proposal, text=words, version=1)
    take_stance(by=authors[1], proposal=proposal, kind="support")
    take_stance(by=authors[2], proposal=proposal, kind="support")
    take_stance(by=authors[3], proposal=proposal, kind="object", reason="")
    return proposal


def _send(cast: Cast, content: dict[str, Any], resolution: Resolution) -> None:
    assert resolution.adopted_on is not None
    sent = resolution.adopted_on + dt.timedelta(days=4)
    with clock.at(sent):
        office = cast.actor("office", sent)
        for n, group in enumerate(content["group"], start=1):
            addressee = name_addressee(
                by=office, resolution=resolution, printed=text(group, "printed_"), groups=[n], is_class=len(group["bodies"]) > 1
            )
            for dispatch in expand_addressee(by=office, addressee=addressee, bodies=[cast.bodies[b] for b in group["bodies"]]):
                send_resolution(by=office, dispatch=dispatch, on=sent)
    answered = sent + dt.timedelta(days=11)
    with clock.at(answered):
        dispatch = Dispatch.objects.select_related("link", "addressee__resolution", "body").get(
            addressee__resolution=resolution, body=cast.bodies["demonstration-akimat"]
        )
        by = Actor.holding(dispatch.link)
        acknowledge_dispatch(by=by, dispatch=dispatch, on=answered)
        first, second = [r.pk for r in resolution.recommendations.filter(group=2).order_by("position")]
        answer_recommendations(
            by=by, dispatch=dispatch, on=answered, language="ru",
            answers=[
                Answer(first, "accepted", "Ответы публикуются с октября."),
                Answer(second, "declined", "Данные о пассажиропотоке принадлежат перевозчику; просим обратиться к нему."),
            ],
        )  # fmt: skip


def _coming(cast: Cast, content: dict[str, Any], day: dt.date) -> None:
    conference = _announce(cast, content, "coming", day)
    section = Session.objects.filter(conference=conference, kind="section").order_by("room").first()
    assert section is not None
    with clock.at(day - dt.timedelta(days=3), 15):
        office = cast.actor("office", clock.today())
        set_places(by=office, conference=conference, places=5)  # the sixth waits
        for person in (cast.people["teacher"], *cast.staff[1:6]):
            register_participant(by=office, conference=conference, person=person, section=section)
        authors = [Actor.of(p, clock.today()) for p in (*cast.staff[1:4],)]
        _open_proposal(section, authors)
        _papers(cast, conference, section)


def _papers(cast: Cast, conference: Conference, section: Session) -> None:
    """A call that is open: one paper is accepted after two reviews, one waits for its review."""
    office, today = cast.actor("office", clock.today()), clock.today()
    asked = Text.of(
        "en",
        en="Two pages on what students learned by helping.",
        ru="Две страницы о том, чему студенты научились, помогая.",
        kk="Студенттер көмектесе отырып не үйренгені туралы екі бет.",
    )
    call_for_papers(by=office, conference=conference, until=today + dt.timedelta(days=10), words=asked)
    rows = load("conference")["paper"]
    made = [
        send_paper(
            by=Actor.of(cast.staff[n], today), conference=conference, title=text(row), abstract=text(row, "abstract_"), section=section, on=today,
            authors=[By(cast.staff[n].name, "Демонстрационный университет")],
        )
        for n, row in enumerate(rows, start=7)
    ]  # fmt: skip
    for person, mark in ((cast.people["teacher"], 2), (cast.staff[10], 1)):
        review = ask_review(by=office, paper=made[0], reviewer=person, on=today)
        review_paper(
            by=Actor.of(person, today), review=review, mark=mark, words="Ясный вопрос; покажите, как считали часы.", note="", on=today
        )
    decide_paper(by=office, paper=made[0], accept=True, words=Text({}), on=today)
    ask_review(by=office, paper=made[1], reviewer=cast.people["teacher"], on=today)


def _open_proposal(section: Session, authors: list[Actor]) -> None:
    first = Text.of(
        "kk",
        kk="әр пәнде рефлексияға бір сағат бөлу;",
        ru="отводить в каждой дисциплине час на рефлексию;",
        en="to set aside one hour for reflection in every course;",
    )
    second = first.write("kk", "әр пәнде рефлексияға екі сағат бөлу және оны кестеге енгізу;")
    proposal = propose(by=authors[0], session=section, text=first)
    proposal = amend(by=authors[1], proposal=proposal, text=second, version=1)
    take_stance(by=authors[2], proposal=proposal, kind="support")
