"""Invented questions of the region, studies, and what was done with them; a list of works that waits on the desk."""

from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal
from typing import Any

from tertia.core.intake.actions import begin_taking, keep_file, send_list
from tertia.core.intake.work import check_list, taking
from tertia.core.languages.text import Text
from tertia.core.parties.models import Organisation
from tertia.core.periods import clock
from tertia.demonstration.cast import Cast
from tertia.demonstration.content import DATA, load, text
from tertia.listen.needs.models import Need
from tertia.listen.region.actions import Taken, keep_series
from tertia.listen.region.series_file import read_statistics
from tertia.listen.research.actions import (
    About,
    answer_offer,
    answer_use,
    ask_question,
    hand_back,
    note_part,
    offer_topic,
    register_study,
    state_use,
)
from tertia.listen.research.models import Question, Study

__all__ = ["research"]


def research(cast: Cast, needs: dict[str, Need], day: dt.date, tell: Any) -> None:
    content = load("research")
    asked = {row["key"]: _ask(cast, row, needs, day) for row in content["question"]}
    studies: dict[str, Study] = {}
    for row in content["study"]:
        made = _study(cast, row, asked, needs, day)
        studies[row.get("question", row["en"])] = made
    for row in content["question"]:
        if "answered" in row:
            on = day - dt.timedelta(days=row["answered"])
            with clock.at(on, 15):
                hand_back(
                    by=cast.actor("office", on),
                    question=asked[row["key"]],
                    words=text(row, "answer_"),
                    on=on,
                    study=studies.get(row["key"]),
                )
    _list(cast, day)
    _population(cast, day)
    tell("studies", Study.objects.filter(owner=cast.university).count())


def _ask(cast: Cast, row: dict[str, Any], needs: dict[str, Need], day: dt.date) -> Question:
    on = day - dt.timedelta(days=row["asked"])
    with clock.at(on, 11):
        question = ask_question(
            by=cast.actor("office", on), owner=cast.university, body=cast.bodies[row["body"]], title=text(row), summary=text({}), decides=text(row, "decides_"),
            data=text(row, "data_"), on=on, place=cast.university.place, wanted_by=day + dt.timedelta(days=row["wanted"]) if "wanted" in row else None,
            about=needs.get(row.get("need", "")), demonstration=True,
        )  # fmt: skip
    offered = day - dt.timedelta(days=row["offered"])
    with clock.at(offered, 11):
        chair = Organisation.objects.get(slug=row["chair"])
        topic = offer_topic(by=cast.actor("office", offered), question=question, chair=chair, level=row["level"], on=offered)
    if "taken" in row:
        taken = day - dt.timedelta(days=row["taken"])
        with clock.at(taken, 12):
            answer_offer(by=cast.actor("office", taken), topic=topic, takes=True, on=taken, supervisor=cast.people["teacher"])
    return question


def _study(cast: Cast, row: dict[str, Any], asked: dict[str, Question], needs: dict[str, Need], day: dt.date) -> Study:
    began = day - dt.timedelta(days=row["began"])
    finished = day - dt.timedelta(days=row["finished"]) if "finished" in row else None
    on = finished or began
    with clock.at(on, 14):
        by = cast.actor("office", on)
        made = register_study(
            by=by, owner=cast.university, title=text(row), summary=text(row, "summary_"), starts_on=began, finished_on=finished, on=on, unit=cast.units[row["unit"]],
            about=About(
                work_type=row["type"], authors=row["authors"], doi=row.get("doi", ""), funding=row.get("funding", ""), container=row.get("container", ""), place=cast.university.place
            ),
            studies=asked[row["question"]] if "question" in row else needs[row["need"]], demonstration=True,
        )  # fmt: skip
        if "part" in row:
            note_part(by=by, study=made, organisation=cast.bodies[row["part"][0]], part=row["part"][1])
    for use in row.get("use", ()):
        _use(cast, made, use, day)
    return made


def _use(cast: Cast, study: Study, row: dict[str, Any], day: dt.date) -> None:
    on = day - dt.timedelta(days=row["on"])
    with clock.at(on + dt.timedelta(days=2), 10):
        stated = on + dt.timedelta(days=2)
        use = state_use(
            by=cast.actor("office", stated), study=study, body=cast.bodies[row["body"]], kind=row["kind"], words=text(row), document=row["document"], on=on, today=stated,
            amount=Decimal(row["amount"]) if "amount" in row else None,
        )  # fmt: skip
    if "confirmed" in row:
        confirmed = day - dt.timedelta(days=row["confirmed"])
        with clock.at(confirmed, 10):
            answer_use(by=cast.actor("akimat", confirmed), use=use, so=True, on=confirmed)


def _list(cast: Cast, day: dt.date) -> None:
    """A list of works as a reference manager exports it: nobody has looked through it yet."""
    with clock.at(day, 7):
        by = cast.actor("office", day)
        draft, digest, size = keep_file([(DATA / "works.bib").read_bytes()])
        run = send_list(
            by=by, organisation=cast.university, kind="works", name="works.bib", draft=draft, digest=digest, size=size, language="ru"
        )
        check_list(run.pk)
        run.refresh_from_db()
        for _now in taking(begin_taking(by=by, run=run), by):
            pass


def _population(cast: Cast, day: dt.date) -> None:
    """The population of the regions: real figures, so they are not marked as invented."""
    file = DATA / "kazpop_2000_2023.csv"
    read = read_statistics(file)
    with clock.at(day, 7):
        keep_series(
            by=cast.actor("office", day), owner=cast.university, on=day, adds=True,
            title=Text.of("en", en="Population", ru="Численность населения", kk="Халық саны"),
            summary=Text.of("en", en="People at the beginning of the year.", ru="Человек на начало года.", kk="Жыл басындағы адам саны."),
            unit_words=Text.of("en", en="people", ru="человек", kk="адам"), source="Bureau of National Statistics of Kazakhstan; Open Data Kazakhstan, 2023",
            source_url="https://stat.gov.kz", licence="ODC PDDL 1.0",
            taken=Taken(file.name, hashlib.sha256(file.read_bytes()).hexdigest(), "", read.figures, read.unread),
        )  # fmt: skip
