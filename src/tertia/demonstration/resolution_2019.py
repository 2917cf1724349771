"""The real resolution of 2019 becomes records; the Demonstration University sends it again to invented universities."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tertia.core.actions.actor import Actor
from tertia.core.languages.text import MACHINE, Text
from tertia.core.parties.models import Organisation
from tertia.core.periods import clock
from tertia.demonstration.cast import SYSTEM, Cast
from tertia.demonstration.content import DATA, load
from tertia.plan.conferences.actions import (
    acknowledge_dispatch,
    announce_conference,
    answer_follow_up,
    answer_recommendations,
    ask_follow_up,
    expand_addressee,
    name_addressee,
    remind_addressee,
    save_reading,
    send_resolution,
    write_recommendation_version,
)
from tertia.plan.conferences.actions.answers import Answer
from tertia.plan.conferences.actions.following import Said
from tertia.plan.conferences.actions.resolution import ReadItem
from tertia.plan.conferences.models import Dispatch, Resolution
from tertia.plan.conferences.resolution_text import read_file

__all__ = ["SLUG", "write_down_2019"]

SLUG = "2019-third-mission"
REPORT = DATA / "enu-conference-2019.txt"
PRINTED = {
    "ministries": ("министерства", "министрліктер"),
    "National Chamber of Entrepreneurs “Atameken”": (
        "Национальная палата предпринимателей «Атамекен»",
        "«Атамекен» ұлттық кәсіпкерлер палатасы",
    ),
    "National Office of Erasmus + Program": ("Национальный офис программы Erasmus+", "Erasmus+ бағдарламасының ұлттық кеңсесі"),
    "universities of the Republic": ("университеты Республики", "Республика университеттері"),
}


def write_down_2019(cast: Cast, day: dt.date) -> Resolution:
    with clock.at(day - dt.timedelta(days=700)):
        resolution = _save(cast)
    _send_again(cast, resolution, day - dt.timedelta(days=118))
    _ask_how_far(cast, resolution, day)
    return resolution


def _ask_how_far(cast: Cast, resolution: Resolution, day: dt.date) -> None:
    """The office asks those who accepted; one of them says how far it is, the others have time left."""
    asked = day - dt.timedelta(days=20)
    with clock.at(asked, 10):
        made = ask_follow_up(by=cast.actor("office", asked), resolution=resolution, on=asked)
    row = made.progress.select_related("owed__record").order_by("owed__party__slug", "owed__record_id")[0]
    dispatch = Dispatch.objects.select_related("link", "addressee__resolution", "body").get(
        addressee__resolution=resolution, body=row.owed.party_id
    )
    said = Said(row.owed.record_id, "underway", "Рабочая группа собралась дважды; положение будет утверждено в январе (демонстрация).")
    with clock.at(day - dt.timedelta(days=12), 15):
        answer_follow_up(by=Actor.holding(dispatch.link), dispatch=dispatch, said=[said], on=clock.today(), language="ru")


def _save(cast: Cast) -> Resolution:
    reading = read_file(REPORT)
    assert reading.title and reading.date and reading.language
    held = dt.date.fromisoformat(reading.date)
    conference = announce_conference(
        by=SYSTEM, owner=cast.university, title=Text.of("en", en=reading.title), starts_on=held, ends_on=held,
        slug=SLUG, visibility="public", state="held",
        venue=Text.of("en", en="L.N. Gumilyov Eurasian National University", ru="ЕНУ имени Л.Н. Гумилёва", kk="Л.Н. Гумилев атындағы ЕҰУ"),
        summary=Text.of(
            "en",
            en="International conference held at L.N. Gumilyov ENU: a plenary, three parallel sections, a resolution. The report names no hours, rooms or speakers.",
            ru="Международная конференция в ЕНУ имени Л.Н. Гумилёва: пленарное заседание, три параллельные секции, резолюция. Отчёт не называет времени, залов и докладчиков.",
            kk="Л.Н. Гумилев атындағы ЕҰУ-де өткен халықаралық конференция: пленарлық отырыс, үш қатар секция, қарар. Есепте уақыт, залдар мен баяндамашылар аталмаған.",
        ),
    )  # fmt: skip
    resolution = save_reading(
        by=SYSTEM, owner=cast.university, title=reading.title, language=reading.language, source_text=reading.source_text,
        adopted_on=held, adopting_body=reading.adopting_body or "", addressees=reading.addressees, conference=conference, slug=SLUG,
        items=[
            ReadItem(i.text, i.marker or "", n, group.lead_in or "", group.addressee or "", i.start, i.end)
            for n, group in enumerate(reading.groups, start=1) for i in group.items
        ],
        reading={**reading.as_json(), "source_text": ""},
    )  # fmt: skip
    _translate(resolution)
    _addressees(resolution)
    return resolution


def _translate(resolution: Resolution) -> None:
    rows = load("recommendations")
    for recommendation in resolution.recommendations.order_by("position"):
        row = rows[recommendation.number]
        for language in ("ru", "kk"):
            write_recommendation_version(by=SYSTEM, recommendation=recommendation, language=language, text=row[language], state=MACHINE)
        for language in ("en", "ru", "kk"):
            write_recommendation_version(
                by=SYSTEM, recommendation=recommendation, language=language, text="", short=row[f"short_{language}"], state="written"
            )
        recommendation.refresh_from_db()


def _addressees(resolution: Resolution) -> None:
    """Of the real addressees only what is true: to whom it was sent, not when, and that no answer is on record."""
    real = {o.slug: o for o in Organisation.objects.filter(slug__in=("atameken", "erasmus-plus-office"))}
    for addressee in resolution.addressees.all():
        printed = str(addressee.printed)
        body = real["atameken"] if "Atameken" in printed else real["erasmus-plus-office"] if "Erasmus" in printed else None
        ru, kk = PRINTED[printed]
        translated = addressee.printed.write("ru", ru, MACHINE).write("kk", kk, MACHINE)
        expand_addressee(by=SYSTEM, addressee=addressee, bodies=[body] if body else [], is_class=body is None, printed=translated)


def _send_again(cast: Cast, resolution: Resolution, sent: dt.date) -> None:
    with clock.at(sent):
        office = cast.actor("office", sent)
        addressee = name_addressee(
            by=office, resolution=resolution, groups=[1], is_class=True,
            printed=Text.of("en", en="demonstration universities", ru="демонстрационные университеты", kk="демонстрациялық университеттер"),
        )  # fmt: skip
        bodies = [b for b in cast.bodies.values() if b.kind == "university" and b != cast.university]
        dispatches = expand_addressee(by=office, addressee=addressee, bodies=bodies)
        for dispatch in dispatches:
            send_resolution(by=office, dispatch=dispatch, on=sent)
    by_slug = {d.body.slug: d for d in Dispatch.objects.filter(addressee=addressee).select_related("body", "link")}
    _answers(by_slug, resolution, sent)
    with clock.at(sent + dt.timedelta(days=40)):
        for slug in ("demonstration-university-of-law", "demonstration-agrarian-university"):
            remind_addressee(by=cast.actor("office", sent), dispatch=by_slug[slug], on=clock.today())


def _answers(dispatches: dict[str, Any], resolution: Resolution, sent: dt.date) -> None:
    numbers = {r.number: r.pk for r in resolution.recommendations.all()}

    def answer(slug: str, after: int, language: str, **given: tuple[str, str]) -> None:
        day = sent + dt.timedelta(days=after)
        with clock.at(day, 14):
            dispatch = Dispatch.objects.select_related("link", "addressee__resolution", "body").get(pk=dispatches[slug].pk)
            by = Actor.holding(dispatch.link)
            acknowledge_dispatch(by=by, dispatch=dispatch, on=day)
            rows = [Answer(numbers[k[1:]], state, words) for k, (state, words) in given.items()]
            if rows:
                answer_recommendations(by=by, dispatch=dispatch, answers=rows, on=day, language=language)

    answer(
        "demonstration-university-of-technology", 5, "ru",
        n1=("done", "Открыт отдел третьей миссии."), n2=("done", "Глава о взаимодействии с обществом включена в стратегию."),
        n3=("accepted", ""), n5=("done", "Волонтёрский центр работает на всех факультетах."), n6=("accepted", ""), n8=("done", "Раздел на сайте обновляется еженедельно."),
    )  # fmt: skip
    answer(
        "demonstration-university-of-arts", 12, "kk",
        n1=("accepted", "Қабылдаймыз."), n5=("partly", "Еріктілік бар, кредиттер әзірге жоқ."), n6=("accepted", ""),
        n7=("declined", "Біздің бағдарламалар бойынша РОӘК отырыстары өткізілмейді."), n8=("done", "Концерттер күнтізбесі ашық."), n9=("declined", "Қала туралы зерттеулерге мамандар жоқ."),
    )  # fmt: skip
    answer(
        "demonstration-medical-university",
        9,
        "ru",
        n1=("accepted", ""),
        n5=("done", "Студенты помогают в трёх поликлиниках."),
        n9=("accepted", ""),
    )
    answer("demonstration-agrarian-university", 14, "ru")
