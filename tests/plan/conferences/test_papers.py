"""A call for papers with blind review on both sides, decisions, proceedings."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from tests.cast import TODAY, make_student, text, write_directly
from tests.plan.faculty.making import browser_of as browser
from tests.plan.faculty.making import by, make_teacher
from tests.web.test_matrix import signed_in

from tertia.core.actions.errors import BadInput, NotAllowed, WrongState
from tertia.core.languages.text import Text
from tertia.core.messages.models import Message
from tertia.core.periods import clock
from tertia.core.records.pages import told_events
from tertia.plan.conferences.actions import (
    add_session,
    announce_conference,
    ask_review,
    call_for_papers,
    change_paper,
    decide_paper,
    give_dois,
    refuse_review,
    review_paper,
    send_paper,
    withdraw_paper,
)
from tertia.plan.conferences.actions.papers import By
from tertia.plan.conferences.blindness import clean_orcid, may_review, reveals
from tertia.plan.conferences.models import Paper, Session
from tertia.plan.conferences.proceedings import Author, Event, Printed, bibtex, crossref_deposit, doi_for

pytestmark = pytest.mark.django_db
NS = {"c": "http://www.crossref.org/schema/5.3.1"}


@pytest.fixture(autouse=True)
def day():
    with clock.at(TODAY, 12):
        yield


@pytest.fixture
def conference(world):
    on = TODAY + dt.timedelta(days=30)
    made = announce_conference(
        by=world.office, owner=world.university, title=text("The city"), starts_on=on, ends_on=on, visibility="public"
    )
    start = dt.datetime.combine(on, dt.time(9), tzinfo=dt.UTC)
    add_session(
        by=world.office, conference=made, kind="section", title=text("Study"), starts_at=start, ends_at=start + dt.timedelta(hours=1)
    )
    return call_for_papers(by=world.office, conference=made, until=TODAY + dt.timedelta(days=5), words=text("Two pages"))


def make_paper(conference, person, *, title="Hours nobody signs", abstract="A tenth is never confirmed.", names=("Aigul Serik",)):
    said = [By(n, "Institute of Testing", "0000-0002-1825-0097") for n in names]
    return send_paper(
        by=by(person),
        conference=conference,
        title=text(title),
        abstract=text(abstract),
        authors=said,
        on=TODAY,
        section=Session.objects.get(),
    )


def test_a_text_that_tells_who_wrote_it_is_found():
    assert reveals("As Serik Aigul has shown", ["Aigul Serik"]) == ["Aigul Serik"]
    assert reveals("Как показала Әйгүл Серік", ["Айгуль Серик"]) == [] or reveals("Как показала Айгуль Серик", ["Айгуль Серик"]) == [
        "Айгуль Серик"
    ]
    assert reveals("Write to a.serik@uni.kz", []) == ["a.serik@uni.kz"]
    assert reveals("At the Institute of Testing we", [], ["Institute of Testing"]) == ["Institute of Testing"]
    assert reveals("Serik has shown; Aigul agrees", ["Aigul Serik"]) == [] == reveals("", ["A B"]), "a family name alone tells nobody"
    assert not may_review("Serik  AIGUL", ["Aigul Serik"]) and may_review("Dana Serik", ["Aigul Serik"])


def test_an_orcid_is_checked_by_its_last_sign():
    assert clean_orcid("https://orcid.org/0000-0002-1825-0097") == "0000-0002-1825-0097" == clean_orcid("0000000218250097")
    assert clean_orcid(" ") == "" and clean_orcid("0000-0002-1694-233X") == "0000-0002-1694-233X"
    for wrong in ("0000-0002-1825-0098", "12", "0000-0002-1825-00977"):
        with pytest.raises(ValueError):
            clean_orcid(wrong)


def test_a_paper_is_sent_changed_and_withdrawn_while_the_call_is_open(world, conference):
    author = make_teacher(world)
    made = make_paper(conference, author)
    assert made.number == 1 and made.authors.get().orcid == "0000-0002-1825-0097"
    same = {"title": text("Other"), "abstract": text("Words"), "authors": [By("Aigul Serik")], "on": TODAY}
    change_paper(by=by(author), paper=made, **same)
    with pytest.raises(NotAllowed):
        change_paper(by=world.office, paper=made, **same)
    for wrong in ({"title": Text({})}, {"abstract": text("By Aigul Serik")}, {"authors": []}, {"authors": [By("A B", "", "1")]}):
        with pytest.raises(BadInput):
            change_paper(by=by(author), paper=made, **{**same, **wrong})
    late = TODAY + dt.timedelta(days=6)
    for act in (
        lambda: send_paper(by=by(author), conference=conference, **{**same, "on": late}),
        lambda: change_paper(by=by(author), paper=made, **{**same, "on": late}),
    ):
        with pytest.raises(BadInput, match="closed"):
            act()
    withdraw_paper(by=by(author), paper=made)
    with pytest.raises(WrongState):
        withdraw_paper(by=by(author), paper=made)
    with pytest.raises(BadInput):
        call_for_papers(by=world.office, conference=conference, until=TODAY + dt.timedelta(days=60), words=Text({}))


def test_neither_side_knows_the_other(world, conference):
    author, reviewer, other = make_teacher(world, 1), make_teacher(world, 2), make_teacher(world, 3)
    made = make_paper(conference, author, names=("Aigul Serik", "Teacher Number3"))
    with pytest.raises(BadInput, match="own paper"):
        ask_review(by=world.office, paper=made, reviewer=other, on=TODAY)
    with pytest.raises(BadInput, match="own paper"):
        ask_review(by=world.office, paper=made, reviewer=author, on=TODAY)
    review = ask_review(by=world.office, paper=made, reviewer=reviewer, on=TODAY)
    with pytest.raises(BadInput):
        ask_review(by=world.office, paper=made, reviewer=reviewer, on=TODAY)
    letter = Message.objects.get(person=reviewer)
    assert "Aigul" not in letter.body + letter.subject
    here = f"/en/papers/{made.pk}/"
    page = browser(reviewer).get(here).content.decode()
    assert "Hours nobody signs" in page and "Aigul" not in page and "Institute of Testing" not in page
    assert browser(make_teacher(world, 4)).get(here).status_code == 404
    answer = browser(reviewer).post(here, {"do": "review", "mark": "1", "words": "I, Teacher Number2, like it"})
    assert answer.status_code == 400 and "Your name stands" in answer.content.decode()
    browser(reviewer).post(here, {"do": "review", "mark": "1", "words": "Show how the hours were counted", "note": "Weak method"})
    page = browser(author).get(here).content.decode()
    assert "Show how" not in page and "Number2" not in page, "before the decision the authors read nothing"
    with pytest.raises(WrongState):
        change_paper(by=by(author), paper=made, title=text("x"), abstract=text("y"), authors=[By("Aigul Serik")], on=TODAY)
    decide_paper(by=world.office, paper=made, accept=True, words=Text({}), on=TODAY)
    page = browser(author).get(here).content.decode()
    assert "Show how" in page and "Number2" not in page and "Weak method" not in page
    with pytest.raises(WrongState):
        review_paper(by=by(reviewer), review=review, mark=-2, words="No", note="", on=TODAY)
    assert not any("Teacher" in str(e.who) for e in told_events(conference, world.editor)), "the conference's events name neither side"
    made.refresh_from_db()
    assert made.talk.speaker == "Aigul Serik, Teacher Number3" and made.talk.session == Session.objects.get()


def test_whoever_of_the_office_reviews_is_not_told_either(world, conference):
    made = make_paper(conference, make_teacher(world))
    world.people["office"].name = "The Officer"
    write_directly(world.people["office"])
    assert "Aigul Serik" in signed_in(world, "office").get(f"/en/papers/{made.pk}/").content.decode()
    ask_review(by=world.leader, paper=made, reviewer=world.people["office"], on=TODAY)
    assert "Aigul Serik" not in signed_in(world, "office").get(f"/en/papers/{made.pk}/").content.decode()


def test_a_reviewer_refuses_and_a_decision_says_why(world, conference):
    author, reviewer = make_teacher(world, 1), make_teacher(world, 2)
    made = make_paper(conference, author)
    review = ask_review(by=world.office, paper=made, reviewer=reviewer, on=TODAY)
    for wrong in ({"mark": 5, "words": "x"}, {"mark": 1, "words": " "}):
        with pytest.raises(BadInput):
            review_paper(by=by(reviewer), review=review, note="", on=TODAY, **wrong)
    browser(reviewer).post(f"/en/papers/{made.pk}/", {"do": "refuse"})
    review.refresh_from_db()
    with pytest.raises(WrongState):
        refuse_review(by=by(reviewer), review=review, on=TODAY)
    assert browser(reviewer).get(f"/en/papers/{made.pk}/").status_code == 404
    with pytest.raises(BadInput, match="Nobody has reviewed"):
        decide_paper(by=world.office, paper=made, accept=False, words=Text({}), on=TODAY)
    signed_in(world, "office").post(f"/en/papers/{made.pk}/", {"do": "decline", "words": "Too far from the theme"})
    made.refresh_from_db()
    assert made.state == "declined" and made.talk is None and "not accepted" in Message.objects.get(key=f"paper:{made.pk}:declined").subject
    assert "Too far" in browser(author).get(f"/en/papers/{made.pk}/").content.decode()


def test_nobody_decides_on_the_own_paper(world, conference):
    made = send_paper(
        by=world.office, conference=conference, title=text("Mine"), abstract=text("Words"), authors=[By("The Officer")], on=TODAY
    )
    with pytest.raises(NotAllowed):
        decide_paper(by=world.office, paper=made, accept=True, words=text("Yes"), on=TODAY)
    with pytest.raises(BadInput, match="section"):
        decide_paper(by=world.leader, paper=made, accept=True, words=text("Yes"), on=TODAY)


def test_the_call_in_the_browser_and_the_proceedings(world, conference):
    author = make_student(world, 7)
    author = make_teacher(world, 7)
    client, here = browser(author), f"/en/conferences/{conference.slug}/papers/"
    said = {
        "do": "send",
        "title_en": "Hours",
        "abstract_en": "A tenth.",
        "authors": "Aigul Serik; Institute of Testing; 0000-0002-1825-0097\nDana Kim",
        "section": Session.objects.get().pk,
    }
    assert "ORCID" in client.post(here, {**said, "authors": "Aigul Serik;;1"}).content.decode() and not Paper.objects.exists()
    client.post(here, said)
    made = Paper.objects.get()
    assert [a.name for a in made.authors.all()] == ["Aigul Serik", "Dana Kim"]
    assert "Hours" in client.get(here).content.decode() and "Hours" not in browser(make_teacher(world, 8)).get(here).content.decode()
    proceedings = f"/en/conferences/{conference.slug}/proceedings/"
    assert [Client().get(a).status_code for a in (proceedings, f"{proceedings[:-1]}.bib", f"{proceedings[:-1]}.xml")] == [200, 404, 404]
    office = signed_in(world, "office")
    office.post(f"/en/papers/{made.pk}/", {"do": "accept", "words": "Welcome", "section": Session.objects.get().pk})
    with pytest.raises(BadInput):
        give_dois(by=world.office, conference=conference, prefix="doi")
    office.post(proceedings, {"prefix": "10.12345"})
    made.refresh_from_db()
    assert made.doi == f"10.12345/{conference.slug}.1"
    with pytest.raises(BadInput, match="has its DOI"):
        give_dois(by=world.office, conference=conference, prefix="10.12345")
    assert made.doi in Client().get(proceedings).content.decode()
    root = ET.fromstring(Client().get(f"{proceedings[:-1]}.xml").content)
    assert root.findtext(".//c:conference_paper/c:doi_data/c:doi", namespaces=NS) == made.doi
    assert root.findtext(".//c:conference_paper/c:doi_data/c:resource", namespaces=NS).endswith("/proceedings/#paper-1")
    assert [e.text for e in root.findall(".//c:person_name/c:surname", NS)] == ["Serik", "Kim"]
    assert "author = {Serik, Aigul and Kim, Dana}" in Client().get(f"{proceedings[:-1]}.bib").content.decode()


def test_a_deposit_leaves_out_what_has_no_doi_and_escapes_signs():
    event = Event("A & B", "Astana", dt.date(2026, 12, 1), dt.date(2026, 12, 2), "The University", "o@example.org", "a-b")
    one = Printed(
        1, "Hours <of> 100 %", (Author("Әбдіразақ"), Author("Kim, Dana")), doi_for("10.1234", "a-b", 1), "https://u.example/1", "kk"
    )
    two = Printed(2, "Without", (Author("X Y"),), "", "https://u.example/2", "en")
    root = ET.fromstring(crossref_deposit(event, [one, two], batch="b", now=dt.datetime(2026, 11, 27, 10, 0, 5, tzinfo=dt.UTC)))
    assert [e.text for e in root.findall(".//c:titles/c:title", NS)] == ["Hours <of> 100 %"]
    assert (
        root.findtext(".//c:timestamp", namespaces=NS) == "20261127100005" and root.find(".//c:conference_date", NS).get("end_day") == "02"
    )
    assert [e.text for e in root.findall(".//c:given_name", NS)] == ["Dana"], "one word is a family name"
    assert r"100 \%" in bibtex(event, [one]) and r"A \& B" in bibtex(event, [one])
    with pytest.raises(ValueError):
        crossref_deposit(event, [two], batch="b", now=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    for wrong in ("11.1234", "10.12", "10.1234/x", ""):
        with pytest.raises(ValueError):
            doi_for(wrong, "a", 1)
