"""Pages of councils as the secretary, a member by link and the public use them."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from tests.cast import TODAY, text
from tests.plan.councils.making import holding, invited, make_council, make_meeting, make_sitting
from tests.web.test_matrix import signed_in

from tertia.core.messages.models import Message
from tertia.core.periods import clock
from tertia.plan.councils.actions import add_paper, approve_minutes, close_meeting, decide, link_change, note
from tertia.plan.councils.models import Council, Decision, Meeting, Motion, Seat, Suggestion
from tertia.plan.councils.record_of import meeting_facts
from tertia.plan.councils.rounds import ask_again, warn

pytestmark = pytest.mark.django_db


def later(days):
    return TODAY + dt.timedelta(days=days)


def test_a_council_is_set_up_filled_and_shown(world):
    office = signed_in(world, "office")
    page = office.post(
        "/en/councils/new/", {"title_en": "Board of trustees", "form": "trustees", "on": "2026-01-10", "public": "on"}, follow=True
    )
    council = Council.objects.get()
    assert page.redirect_chain[-1][0] == f"/en/councils/{council.slug}/seats/"
    office.post(
        f"/en/councils/{council.slug}/seats/", {"do": "seat", "title_en": "Employer", "sector": "employer", "duty": "member", "votes": "on"}
    )
    seat = Seat.objects.get()
    page = office.post(
        f"/en/councils/{council.slug}/seats/",
        {"do": "fill", "seat": seat.pk, "name": "Somebody", "language": "ru", "starts_on": "2026-02-01"},
    )
    assert (
        "For which organisation" in page.content.decode()
        and "a seat from outside belongs to one" in page.content.decode()
        and not seat.tenures.exists()
    )
    office.post(
        f"/en/councils/{council.slug}/seats/",
        {"do": "fill", "seat": seat.pk, "name": "Somebody", "language": "ru", "starts_on": "2026-02-01", "organisation": world.partner.pk},
    )
    assert seat.tenures.get().name == "Somebody"
    page = office.post(
        f"/en/councils/{council.slug}/seats/",
        {"do": "order", "valid_from": "2026-03-01", "source": "", "quorum": "2/3", "majority": "1/2", "majority_of": "cast"},
    )
    assert council.orders.count() == 1, "an order without its source is refused"
    office.post(
        f"/en/councils/{council.slug}/seats/",
        {
            "do": "order",
            "valid_from": "2026-03-01",
            "source": "Charter",
            "quorum": "2/3",
            "majority": "1/2",
            "majority_of": "cast",
            "fewest_ngo": "2",
        },
    )
    assert council.orders.first().composition == {"ngo": [2, 0]}
    public = Client().get(f"/en/councils/{council.slug}/").content.decode()
    assert "Somebody" in public and "0 of 2 seats that the order wants are filled" in public and "1 of 1 filled seats" in public
    office.post(f"/en/councils/{council.slug}/seats/", {"do": "end", "tenure": seat.tenures.get().pk, "why": "moved"})
    with clock.at(later(1)):
        assert "Vacant" in Client().get(f"/en/councils/{council.slug}/").content.decode()
    assert signed_in(world, "member").get(f"/en/councils/{council.slug}/seats/").status_code == 404


def test_a_member_answers_reads_a_paper_and_votes_by_link_and_sees_nothing_else(world):
    council = make_council(world)
    meeting = make_meeting(world, council)
    paper = add_paper(by=world.office, item=meeting.items.get(), taken=_taken(), file_name="План.pdf")
    employer = invited(meeting, "employer")
    link = f"/en/p/{holding(employer).holds.token}/"
    member = Client()
    page = member.get(link).content.decode()
    assert "Outcomes of the programme" in page and "План.pdf" in page
    got = member.get(f"{link}?paper={paper.pk}")
    assert got["Content-Type"] == "application/pdf" and b"".join(got.streaming_content).startswith(b"%PDF")
    other = make_meeting(world, make_council(world, words="Another"), where="Elsewhere")
    hidden = add_paper(by=world.office, item=other.items.get(), taken=_taken(), file_name="secret.pdf")
    assert member.get(f"{link}?paper={hidden.pk}").status_code == 404
    page = member.post(link, {"do": "answer", "answer": "declined"})
    assert page.status_code in (200, 400) and "one sentence is enough" in page.content.decode()
    member.post(link, {"do": "answer", "answer": "accepted"})
    employer.refresh_from_db()
    assert employer.answer == "accepted"
    office = signed_in(world, "office")
    room = f"/en/meetings/{meeting.slug}/room/"
    office.post(room, {"do": "open", "chair_name": "The chair"})
    item = meeting.items.get()
    for key in ("chair", "secretary"):
        office.post(room, {"do": "site", "which": invited(meeting, key).pk})
    member.post(link, {"do": "afar"})
    office.post(room, {"do": "begin", "item": item.pk})
    member.post(link, {"do": "speak", "item": item.pk})
    assert "Give the floor" in office.get(room).content.decode()
    office.post(room, {"do": "vote", "item": item.pk, "text_en": "To agree", "form": "open"})
    motion = Motion.objects.get()
    assert "An open vote" in member.get(link).content.decode()
    member.post(link, {"do": "cast", "motion": motion.pk, "choice": "for"})
    assert "Your vote" in member.get(link).content.decode()
    live = signed_in(world, "member").get(f"/en/meetings/{meeting.slug}/live/").content.decode()
    assert "To agree" in live and "of 3 that may vote" in live
    office.post(room, {"do": "close-vote", "which": motion.pk})
    motion.refresh_from_db()
    assert motion.outcome == "carried" and motion.present == 3
    page = office.post(room, {"do": "decide", "item": item.pk, "text_en": "We agree", "motion": motion.pk}).content.decode()
    assert "Say by when." in page and not Decision.objects.exists()
    office.post(
        room,
        {
            "do": "decide",
            "item": item.pk,
            "text_en": "We agree",
            "motion": motion.pk,
            "responsible": world.people["editor"].pk,
            "due_on": "2026-12-20",
            "proof_en": "A letter",
        },
    )
    assert Decision.objects.get().due_on == dt.date(2026, 12, 20)
    office.post(room, {"do": "note", "item": item.pk, "heard": "The employer spoke."})
    assert office.post(room, {"do": "close"}).url == f"/en/meetings/{meeting.slug}/minutes/"
    page = office.get(f"/en/meetings/{meeting.slug}/minutes/").content.decode()
    assert "The employer spoke." in page and "from afar" in page and "The chair" in page
    office.post(f"/en/meetings/{meeting.slug}/minutes/", {"do": "approve", "approved_by": "The chair", "public": "yes"})
    assert Meeting.objects.get(pk=meeting.pk).state == "approved"
    assert Message.objects.filter(to=world.people["editor"].email, key__startswith="extract:").count() == 1
    assert Client().get(f"/en/meetings/{meeting.slug}/minutes/").status_code == 200


def _taken():
    from tertia.core.files.store import take

    return take(SimpleUploadedFile("a.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"))


def test_papers_come_as_docx_and_pdf_in_three_languages(world):
    council = make_council(world)
    meeting = make_sitting(world, council)
    note(by=world.office, item=meeting.items.get(), heard=text("Said."))
    decide(
        by=world.office,
        item=meeting.items.get(),
        text=text("To write"),
        responsible=world.people["editor"],
        due_on=later(9),
        proof=text("A page"),
    )
    close_meeting(by=world.office, meeting=meeting)
    approve_minutes(by=world.office, meeting=meeting, on=later(1), approved_by="The chair")
    office = signed_in(world, "office")
    for language, title in (("ru", "Протокол № 1"), ("kk", "№ 1 хаттама"), ("en", "Minutes No. 1")):
        body = office.get(f"/{language}/meetings/{meeting.slug}/minutes.docx").content
        assert title in [p.text for p in Document(io.BytesIO(body)).paragraphs]
    assert office.get(f"/ru/meetings/{meeting.slug}/agenda.pdf").content.startswith(b"%PDF")
    extract = office.get(f"/ru/meetings/{meeting.slug}/extract.docx", {"for": world.people["editor"].name}).content
    assert any("To write" in p.text for p in Document(io.BytesIO(extract)).paragraphs)
    whole = office.get(f"/ru/councils/{council.slug}/minutes.docx?year=2026").content
    assert any("Протокол № 1" in p.text for p in Document(io.BytesIO(whole)).paragraphs)
    assert office.get(f"/ru/councils/{council.slug}/minutes.docx?year=2019").status_code == 404
    assert signed_in(world, "member").get(f"/ru/meetings/{meeting.slug}/extract.docx").status_code == 404
    assert b"BEGIN:VEVENT" in office.get(f"/ru/meetings/{meeting.slug}/meeting.ics").content


def test_a_page_costs_as_many_queries_for_forty_seats_as_for_five(world, django_assert_max_num_queries):
    from tertia.plan.councils.actions import add_seat, call_meeting, fill_seat

    council = make_council(world)
    for n in range(35):
        seat = add_seat(by=world.office, council=council, sector="ngo", title=text(f"Seat {n}"))
        fill_seat(
            by=world.office,
            seat=seat,
            name=f"Member {n}",
            starts_on=dt.date(2025, 9, 1),
            organisation=world.partner,
            email=f"m{n}@example.invalid",
        )
    meeting = make_meeting(world, council, called=False, items=8)
    call_meeting(by=world.office, meeting=meeting)
    office = signed_in(world, "office")
    office.get(f"/en/councils/{council.slug}/")
    for address, most in (
        (f"/en/councils/{council.slug}/", 34),
        (f"/en/meetings/{meeting.slug}/", 34),
        (f"/en/meetings/{meeting.slug}/room/", 26),
        ("/en/councils/", 20),
        ("/en/decisions/", 20),
    ):
        with django_assert_max_num_queries(most):
            assert office.get(address).status_code == 200
    with django_assert_max_num_queries(18):
        meeting_facts(Meeting.objects.select_related("council__responsible", "owner").get(pk=meeting.pk))


def test_something_grows_out_of_a_need_into_a_suggestion_and_is_declined_on_the_page(world):
    from tests.cast import make_need

    council, need = make_council(world), make_need(world)
    partner = signed_in(world, "partner")
    page = partner.get(f"/en/councils/suggest/?from={need.pk}&council={council.slug}").content.decode()
    assert "The last bus leaves too early" in page
    partner.post(
        f"/en/councils/suggest/?from={need.pk}",
        {"council": council.pk, "title_en": "The bus", "words_en": "A later one", "sector": "ngo", "organisation": world.partner.pk},
    )
    told = Suggestion.objects.get()
    assert told.source_id == need.pk and told.organisation == world.partner and told.sector == "ngo"
    office = signed_in(world, "office")
    assert office.post(f"/en/councils/{council.slug}/", {"do": "answer", "which": told.pk, "state": "declined"}).status_code == 400
    office.post(f"/en/councils/{council.slug}/", {"do": "answer", "which": told.pk, "state": "declined", "answer": "Not ours"})
    told.refresh_from_db()
    assert (
        told.state == "declined"
        and Message.objects.filter(subject__contains="The bus", to=world.people["partner"].email).exists()
        or not world.people["partner"].email
    )


def test_a_decision_is_reported_by_whoever_does_it_and_shows_what_changed(world):
    from tests.cast import make_sheet
    from tests.web.test_matrix import _study

    from tertia.act.learning.actions import write_outcome

    meeting = make_sitting(world, make_council(world))
    made = decide(
        by=world.office,
        item=meeting.items.get(),
        text=text("To sharpen it"),
        responsible=world.people["editor"],
        due_on=later(9),
        proof=text("The register"),
    )
    course, *_rest = _study(world, make_sheet(world))
    link_change(by=world.office, decision=made, record=course)
    write_outcome(
        by=world.office, course=course, code="O1", words=text("listens and answers"), third_mission=True, on=later(2), reason="Council"
    )
    page = signed_in(world, "member").get(f"/en/decisions/{made.slug}/").content.decode()
    assert "<del>" in page and "listens and answers" in page and "Is it done?" not in page
    editor = signed_in(world, "editor")
    editor.post(f"/en/decisions/{made.slug}/", {"do": "done", "words": "It is in the register"})
    made.refresh_from_db()
    assert made.state == "done" and "It is in the register" in editor.get("/en/decisions/?view=done").content.decode() + str(made.report)
    assert signed_in(world, "citizen").get(f"/en/decisions/{made.slug}/").status_code == 404


def test_rounds_ask_and_warn_once(world):
    council = make_council(world)
    meeting = make_meeting(world, council, on=later(3))
    assert ask_again() == 5 and ask_again() == 0
    sitting = make_sitting(world, council, where="Elsewhere", on=TODAY, hour=9)
    decide(
        by=world.office,
        item=sitting.items.filter(kind="decision").first(),
        text=text("To write"),
        responsible=world.people["editor"],
        due_on=later(5),
        proof=text("A page"),
    )
    assert (warn(), warn()) == (1, 1), "counted, and written once"
    assert Message.objects.filter(to=world.people["editor"].email, key__startswith="decision:").count() == 1
    with clock.at(later(6)):
        warn()
    assert Message.objects.filter(to=world.people["editor"].email, key__startswith="decision:").count() == 2
    assert meeting.state == "called"
