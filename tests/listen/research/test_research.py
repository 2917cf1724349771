"""Questions owned, topics taken, summaries handed back; studies, and what was done with them, confirmed by the other side."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from tests.cast import TODAY, make_need, text
from tests.web.test_matrix import signed_in

from tertia.core.access.models import Pass
from tertia.core.actions.actor import ANONYMOUS, Actor
from tertia.core.actions.errors import BadInput, NotAllowed, PassRefused, WrongState
from tertia.core.languages.text import Text
from tertia.core.messages.models import Message
from tertia.core.places.models import Place
from tertia.core.records.models import OwedAnswer
from tertia.core.records.reminding import overdue
from tertia.listen.research.actions import (
    About,
    answer_offer,
    answer_use,
    ask_question,
    change_study,
    drop_part,
    finish_study,
    give_up_topic,
    hand_back,
    name_author,
    note_part,
    offer_topic,
    register_study,
    state_use,
)
from tertia.listen.research.models import Question, Study, StudyAuthor, StudyUse

PLAIN = Text.of("kk", kk="Ауа мұздай", ru="Воздух холодный")


def make_question(world: Any, **more: Any) -> Question:
    return ask_question(
        by=world.actor("akimat"), owner=world.university, body=world.akimat, title=text("Why is the air bad in winter?"), summary=Text({}),
        decides=text("Where to put the filters"), on=TODAY, **more,
    )  # fmt: skip


def make_study(world: Any, *, words: str = "Air in winter", about: About | None = None, **more: Any) -> Study:
    return register_study(
        by=world.office, owner=world.university, title=text(words), summary=more.pop("summary", Text({})), about=about or About(), starts_on=dt.date(2026, 1, 10), on=TODAY, **more
    )  # fmt: skip


def make_region() -> Place:
    return Place.objects.get(code="KZ-71")


def test_a_question_goes_to_a_chair_and_comes_back_as_a_summary(world):
    question = make_question(world, wanted_by=dt.date(2027, 5, 1), about=make_need(world))
    assert question.state == "asked" and question.visibility == "public"
    topic = offer_topic(by=world.office, question=question, chair=world.unit, level="master", on=TODAY)
    assert offer_topic(by=world.office, question=question, chair=world.unit, level="master", on=TODAY).pk == topic.pk
    with pytest.raises(BadInput):
        answer_offer(by=world.office, topic=topic, takes=True, on=TODAY)
    with pytest.raises(NotAllowed):
        answer_offer(by=world.citizen, topic=topic, takes=True, on=TODAY, supervisor=world.people["editor"])
    answer_offer(by=world.office, topic=topic, takes=True, on=TODAY, supervisor=world.people["editor"], student="A. Student")
    owed = OwedAnswer.objects.get(record=question)
    assert (owed.party, owed.due_on, owed.state) == (world.university, dt.date(2027, 5, 1), "sent")
    assert owed in overdue(dt.date(2027, 5, 2))
    question.refresh_from_db()
    assert question.state == "taken"
    study = make_study(world, studies=question)
    with pytest.raises(BadInput):  # whoever asked has to be able to read it
        hand_back(by=world.office, question=question, words=text("Only English"), on=TODAY)
    hand_back(by=world.office, question=question, words=PLAIN, on=TODAY, study=study)
    question.refresh_from_db()
    owed.refresh_from_db()
    topic.refresh_from_db()
    assert (question.state, owed.state, owed.evidence_id, topic.state, topic.study_id) == (
        "answered",
        "done",
        study.pk,
        "finished",
        study.pk,
    )
    assert Message.objects.filter(to="akimat@example.org", key=f"research.hand_back:{question.pk}").exists()


def test_a_chair_says_no_with_a_reason_and_what_is_given_up_stays_owed(world):
    question = make_question(world)
    topic = offer_topic(by=world.office, question=question, chair=world.unit, level="bachelor", on=TODAY)
    with pytest.raises(BadInput):
        answer_offer(by=world.office, topic=topic, takes=False, on=TODAY)
    answer_offer(by=world.office, topic=topic, takes=False, on=TODAY, reason=text("No devices"))
    question.refresh_from_db()
    assert question.state == "asked"
    second = offer_topic(by=world.office, question=question, chair=world.unit, level="bachelor", on=TODAY)
    answer_offer(by=world.office, topic=second, takes=True, on=TODAY, supervisor=world.people["leader"])
    give_up_topic(by=world.office, topic=second, reason=text("The student left"), on=TODAY)
    question.refresh_from_db()
    assert question.state == "asked" and OwedAnswer.objects.get(record=question).is_open


def test_nobody_asks_in_the_name_of_another_body(world):
    with pytest.raises(NotAllowed):
        ask_question(
            by=world.actor("partner"),
            owner=world.university,
            body=world.akimat,
            title=text("x?"),
            summary=Text({}),
            decides=text("y"),
            on=TODAY,
        )
    with pytest.raises(BadInput):
        ask_question(
            by=world.office, owner=world.university, body=world.akimat, title=text("x?"), summary=Text({}), decides=Text({}), on=TODAY
        )


def test_a_use_counts_when_the_body_has_said_so_by_a_link_without_an_account(world):
    study = make_study(world, finished_on=dt.date(2026, 6, 1))
    use = state_use(
        by=world.office,
        study=study,
        body=world.akimat,
        kind="decision",
        words=text("Filters"),
        document="Order 5",
        on=dt.date(2026, 7, 1),
        today=TODAY,
    )
    assert use.state == "asked"
    held = Pass.objects.get(purpose="research.use", subject_id=use.pk)
    page = Client().get(f"/en/p/{held.token}/")
    assert b"Order 5" in page.content
    assert Client().post(f"/en/p/{held.token}/", {"so": "no"}).status_code == 200  # a no needs its reason
    use.refresh_from_db()
    assert use.state == "asked"
    assert Client().post(f"/en/p/{held.token}/", {"so": "yes", "words_en": "We did"}).status_code == 302
    use.refresh_from_db()
    assert (use.state, use.answered_on, str(use.body_words)) == ("confirmed", TODAY, "We did")
    with pytest.raises(PassRefused):
        answer_use(by=Actor.holding(Pass.objects.get(pk=held.pk)), use=use, so=False, words=text("no"), on=TODAY)


def test_the_body_may_state_it_itself_and_nobody_else_confirms(world):
    study = make_study(world)
    own = state_use(
        by=world.actor("akimat"),
        study=study,
        body=world.akimat,
        kind="budget",
        words=text("Money"),
        document="Budget",
        on=TODAY,
        today=TODAY,
        amount=100,
    )
    assert own.state == "confirmed"
    other = state_use(
        by=world.office, study=study, body=world.partner, kind="practice", words=text("New way"), document="Rule", on=TODAY, today=TODAY
    )
    for key in ("office", "leader", "akimat", "citizen"):
        with pytest.raises(NotAllowed):
            answer_use(by=world.actor(key), use=other, so=True, on=TODAY)
    answer_use(by=world.actor("partner"), use=other, so=False, words=text("We did not"), on=TODAY)
    with pytest.raises(WrongState):
        answer_use(by=world.actor("partner"), use=other, so=True, on=TODAY)


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"document": " "}, "document"),
        ({"kind": "thanks"}, "kind"),
        ({"on": TODAY + dt.timedelta(days=1)}, "on"),
        ({"words": Text({})}, "words"),
        ({"amount": -1}, "amount"),
    ],
)
def test_a_use_without_the_deciding_document_is_refused(world, more, where):
    given = {"kind": "decision", "words": text("Filters"), "document": "Order 5", "on": TODAY} | more
    with pytest.raises(BadInput) as refused:
        state_use(by=world.office, study=make_study(world), body=world.akimat, today=TODAY, **given)
    assert refused.value.faults[0].where == where


def test_a_study_keeps_what_is_cited(world):
    about = About(
        work_type="article-journal", authors="Carberry, Josiah; 0000-0002-1825-0097\n{The Institute}", doi="https://doi.org/10.1000/ABC", container="A Journal",
        funding="The Fund; https://ror.org/05a28rw58; AP1",
    )  # fmt: skip
    study = make_study(world, about=about, summary=PLAIN, finished_on=dt.date(2026, 6, 1))
    assert study.doi == "10.1000/abc" and study.summarised_on == TODAY
    assert study.reference["author"] == [{"family": "Carberry", "given": "Josiah"}, {"literal": "The Institute"}]
    assert study.reference["custom"] == {
        "orcids": ["0000-0002-1825-0097", None],
        "funding": [{"name": "The Fund", "ror": "https://ror.org/05a28rw58", "awards": ["AP1"]}],
    }
    with pytest.raises(BadInput):
        make_study(world, about=About(doi="10.1000/abc"))
    for bad in (About(doi="abc"), About(authors="Carberry; 0000-0002-1825-0098"), About(funding="F; 05a28rw59"), About(work_type="poem")):
        with pytest.raises(BadInput):
            make_study(world, about=bad)
    changed = change_study(
        by=world.editor, study=study, title=text("Air"), summary=text("Only English"), about=about, starts_on=None, on=TODAY
    )
    assert changed.summarised_on is None and changed.reference["title"] == "Air" and changed.reference["issued"]


def test_who_took_part_and_who_wrote(world):
    study = make_study(world)
    part = note_part(by=world.editor, study=study, organisation=world.partner, part="data")
    assert note_part(by=world.editor, study=study, organisation=world.partner, part="data").pk == part.pk
    for organisation, what in ((world.university, "data"), (world.unit, "data"), (world.partner, "interview")):
        with pytest.raises(BadInput):
            note_part(by=world.editor, study=study, organisation=organisation, part=what)
    drop_part(by=world.editor, part=part)
    assert not study.parts.exists()
    name_author(by=world.editor, study=study, person=world.people["member"])
    name_author(by=world.editor, study=study, person=world.people["member"])
    assert StudyAuthor.objects.filter(study=study).count() == 1
    with pytest.raises(BadInput):
        finish_study(by=world.editor, study=study, finished_on=dt.date(2025, 1, 1), on=TODAY)
    assert finish_study(by=world.editor, study=study, finished_on=TODAY, on=TODAY).state == "finished"


def test_a_study_takes_a_need_up_and_stands_in_its_thread(world):
    need = make_need(world)
    study = make_study(world, studies=need)
    page = Client().get(need.get_absolute_url()).content.decode()
    assert f"/en/records/{study.pk}/thread/" in page and "Air in winter" in page


def test_pages_in_three_languages_for_everybody(world):
    region = make_region()
    question = make_question(world, place=region)
    study = make_study(
        world, about=About(place=region, authors="Doe, Jane"), studies=question, summary=PLAIN, finished_on=dt.date(2026, 6, 1)
    )
    state_use(
        by=world.actor("akimat"),
        study=study,
        body=world.akimat,
        kind="budget",
        words=text("Money"),
        document="Budget 2026",
        on=TODAY,
        today=TODAY,
        amount=100,
    )
    for language in ("kk", "ru", "en"):
        for address in ("research/", "research/questions/", f"research/works/{study.slug}/", f"research/questions/{question.slug}/"):
            page = Client().get(f"/{language}/{address}")
            assert page.status_code == 200, address
    assert "Why is the air bad in winter?" in Client().get("/en/listen/").content.decode()
    page = Client().get(f"/en/research/works/{study.slug}/").content.decode()
    assert "Budget 2026" in page and '"@type": "Report"' in page and "Jane Doe" in page
    assert b"Air in winter" in Client().get("/en/research/?q=winter&place=KZ-71&year=2026&used=yes").content
    assert b"Air in winter" not in Client().get("/en/research/?q=summer").content
    assert b"Air in winter" in Client().get("/en/organisations/akimat/").content


def test_the_office_works_through_the_pages(world):
    make_region()
    office = signed_in(world, "office")
    made = office.post("/en/research/questions/new/", {"body": world.akimat.pk, "title_en": "Why?", "decides_en": "Filters"})
    question = Question.objects.get()
    assert made.status_code == 302
    address = f"/en/research/questions/{question.slug}/"
    office.post(address, {"do": "offer", "chair": world.unit.pk, "level": "master"})
    faulty = office.post(address, {"do": "take"})
    assert b"Name who supervises it." in faulty.content
    staff = world.people["editor"]
    office.post(address, {"do": "take", "supervisor": staff.pk, "student": "Somebody"})
    assert question.topics.get().supervisor == staff
    assert b"Somebody" in office.get(address).content and b"Somebody" not in Client().get(address).content
    made = office.post(
        f"/en/research/new/?from={question.pk}",
        {"title_en": "Air", "work_type": "report", "starts_on": "2026-01-01", "finished_on": "2026-05-01"},
    )
    study = Study.objects.get()
    assert made.status_code == 302 and study.links_up.get().upper_id == question.pk
    page = f"/en/research/works/{study.slug}/"
    office.post(page, {"do": "part", "organisation": world.partner.pk, "part": "reading"})
    office.post(
        page, {"do": "use", "body": world.akimat.pk, "kind": "decision", "words_en": "Filters", "document": "Order 5", "on": "2026-06-01"}
    )
    assert study.parts.count() == 1 and StudyUse.objects.get().state == "asked"
    akimat = signed_in(world, "akimat")
    assert b"Did you use this study?" in akimat.get("/en/today/").content
    akimat.post(page, {"do": "answer", "so": "yes"})
    assert StudyUse.objects.get().state == "confirmed"
    office.post(
        page + "change/", {"title_en": "Air", "work_type": "report", "summary_kk": "Ауа", "summary_ru": "Воздух", "authors": "Doe, Jane"}
    )
    study.refresh_from_db()
    assert study.summarised_on == TODAY and study.reference["author"][0]["family"] == "Doe"
    office.post(address, {"do": "back", "words_kk": "Ауа", "words_ru": "Воздух", "study": study.pk})
    question.refresh_from_db()
    assert question.state == "answered"


def test_what_is_not_public_is_seen_by_nobody_outside(world):
    study = make_study(world)
    assert Study.objects.visible_to(ANONYMOUS).filter(pk=study.pk).exists()
