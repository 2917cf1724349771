"""Courses tied to service, reflections, assessment, credits under their ceilings, badges and the book."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client
from tests.cast import SYSTEM, TODAY, make_activity, make_opportunity, make_volunteer, text, write_directly

from tertia.act.activities.actions import ask_host, attest_hours, claim_hours
from tertia.act.activities.models import Participation
from tertia.act.learning.actions import (
    assess,
    award_course,
    award_scheme,
    drop_practitioner,
    give_feedback,
    hand_in,
    import_study,
    note_practitioner,
    take_back_award,
    take_template,
    tie_opportunity,
    untie_opportunity,
    write_outcome,
    write_reflection,
)
from tertia.act.learning.badges import issue_badge, revoke_badge
from tertia.act.learning.book import book_pdf, record_of
from tertia.act.learning.credentials import extract, verify
from tertia.act.learning.models import Award, Badge, Course, Outcome, OutcomeChange, Programme, Reflection
from tertia.act.learning.queries import free_hours, programmes, served_for, where_it_stands
from tertia.act.learning.study_file import read_study
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, NotAllowed, WrongState
from tertia.core.actions.models import Event
from tertia.core.facts.declare import FACTS
from tertia.core.keys.queries import register
from tertia.core.rules.actions import set_rule
from tertia.measure.facts.rows import batches

LIST = """Код программы;Образовательная программа;Код дисциплины;Дисциплина;Кредиты;Служение;Код результата;Результат обучения;Третья миссия
6B031;Социология;SOC1;Служение обществу;5;да;O1;объясняет результаты тем, кого они касаются;да
6B031;Социология;SOC1;Служение обществу;5;да;O2;планирует вместе с партнёром;да
6B031;Социология;SOC2;Статистика;5;нет;O1;считает;нет
6B042;Право;LAW1;Римское право;4;;;;
"""
WORDS = "We sat beside older residents in the library and did together what they came with. " * 4
GOOD = {"experience": 2, "outcome": 2, "society": 1, "self": 2}


def act(person):
    return Actor.of(person, TODAY)


def bring(world, words=LIST, **more):
    found = read_study(words.encode(more.pop("encoding", "cp1251")))
    assert found.faults == []
    return import_study(by=world.office, owner=world.university, rows=found.rows, language="ru", on=TODAY)


@pytest.fixture
def course(world):
    bring(world)
    return Course.objects.get(code="SOC1")


def serve(world, person, hours, *, opportunity=None, on=dt.date(2026, 11, 21), signed=True):
    """A person served; the host has signed."""
    activity = make_activity(world, on=on, words=f"Service {on} {person.pk} {hours}")
    if opportunity is not None:
        shift = opportunity.shifts.filter(activity=None).first()
        shift.activity = activity
        write_directly(shift)
    sheet = claim_hours(by=world.office, activity=activity, rows=[(person, world.unit, Decimal(hours), "student")])
    if signed:
        sheet = ask_host(by=world.office, sheet=sheet, on=TODAY)
        attest_hours(by=Actor.holding(sheet.link), sheet=sheet, changes={}, absent=set())
    return sheet


@pytest.fixture
def student(world, course):
    """A student with sixty-six signed hours in a tied opportunity and a passed reflection."""
    person = make_volunteer(world, 1)
    opportunity = make_opportunity(world, shifts=6)
    tie_opportunity(by=world.office, course=course, opportunity=opportunity, outcomes=list(course.outcomes.all()))
    for day in range(3):
        serve(world, person, "22", opportunity=opportunity, on=dt.date(2026, 11, 10 + day))
    reflection = hand_in(by=act(person), reflection=write_reflection(by=act(person), course=course, words=WORDS))
    assess(by=world.office, reflection=reflection, levels=GOOD)
    return person


# --- programmes and outcomes


def test_a_registrar_s_list_is_taken_in_once_and_the_same_list_changes_nothing(world):
    assert bring(world) == {"programmes": 2, "courses": 3, "outcomes": 3}
    assert bring(world) == {"programmes": 0, "courses": 0, "outcomes": 0}
    assert bring(world, LIST, encoding="utf-8-sig") == {"programmes": 0, "courses": 0, "outcomes": 0}
    assert Course.objects.get(code="LAW1").credits == 4


def test_a_changed_outcome_is_a_visible_difference(world, course):
    bring(world, LIST.replace("планирует вместе с партнёром", "планирует и ведёт вместе с партнёром"))
    change = OutcomeChange.objects.filter(outcome__code="O2", outcome__course=course).first()
    assert (str(change.before.read("ru").text), str(change.after.read("ru").text)) == (
        "планирует вместе с партнёром",
        "планирует и ведёт вместе с партнёром",
    )
    page = Client().get(f"/ru/study/courses/{course.slug}/").content.decode()
    assert "<del>планирует вместе с партнёром</del>" in page and "<ins>планирует и ведёт вместе с партнёром</ins>" in page


def test_a_wrong_list_says_each_cell_and_takes_nothing_in(world):
    wrong = LIST.replace("SOC2;Статистика;5;нет", "SOC2;Статистика;пять;может быть").replace("LAW1;Римское право;4", "SOC1;Римское право;4")
    found = read_study(wrong.encode("utf-8"))
    said = " ".join(f.sentence for f in found.faults)
    assert (
        "Cell E4" in said
        and "“пять” is no number" in said
        and "Cell F4" in said
        and "Line 5 says something else of SOC1 than line 2" in said
    )
    with pytest.raises(BadInput):
        read_study(b"a;b\n1;2\n")
    client = Client()
    client.force_login(world.people["office"].account)
    from django.core.files.uploadedfile import SimpleUploadedFile

    page = client.post(
        "/en/study/import/", {"file": SimpleUploadedFile("l.csv", wrong.encode()), "language": "ru", "do": "take"}
    ).content.decode()
    assert "nothing was taken in" in page and Programme.objects.count() == 0
    client.post("/en/study/import/", {"file": SimpleUploadedFile("l.csv", LIST.encode()), "language": "ru", "do": "take"})
    assert Programme.objects.count() == 2


def test_a_programme_page_shows_where_the_third_mission_is_and_where_it_is_not(world, course):
    sociology, law = Programme.objects.get(code="6B031"), Programme.objects.get(code="6B042")
    assert [(r["course"].code, r["has"]) for r in where_it_stands(sociology)] == [("SOC1", True), ("SOC2", False)]
    assert [(p.code, p.service_count, p.course_count) for p in programmes(Actor())] == [("6B031", 1, 2), ("6B042", 0, 1)]
    page = Client().get(f"/en/study/programmes/{sociology.slug}/").content.decode()
    assert "The third mission is in 1 of 2 courses and in 2 of 3 learning outcomes." in page and "nowhere to serve for it yet" in page
    assert "in 0 of 1 courses" in Client().get(f"/en/study/programmes/{law.slug}/").content.decode()


def test_only_teachers_write_outcomes_and_ties(world, course):
    opportunity = make_opportunity(world)
    for by in (world.member, world.actor("partner"), world.actor("other-office")):
        with pytest.raises(NotAllowed):
            write_outcome(by=by, course=course, code="O9", words=text("x"), third_mission=True, on=TODAY)
        with pytest.raises(NotAllowed):
            tie_opportunity(by=by, course=course, opportunity=opportunity, outcomes=list(course.outcomes.all()))
    write_outcome(by=world.editor, course=course, code="O9", words=text("listens"), third_mission=True, on=TODAY, reason="new")
    with pytest.raises(BadInput):
        tie_opportunity(by=world.office, course=course, opportunity=opportunity, outcomes=[])
    with pytest.raises(BadInput):
        tie_opportunity(by=world.office, course=course, opportunity=opportunity, outcomes=[Outcome.objects.get(course__code="SOC2")])


# --- reflection and assessment


def test_a_reflection_is_private_until_it_is_handed_in(world, course):
    person = make_volunteer(world, 1)
    draft = write_reflection(by=act(person), course=course, words=WORDS)
    office = Client()
    office.force_login(world.people["office"].account)
    assert office.get(f"/en/study/reflections/{draft.pk}/").status_code == 404
    assert WORDS[:20] not in office.get(f"/en/study/courses/{course.slug}/").content.decode()
    assert Event.objects.filter(action="learning.write_reflection").get().changes == []
    hand_in(by=act(person), reflection=draft)
    assert office.get(f"/en/study/reflections/{draft.pk}/").status_code == 200
    with pytest.raises(WrongState):
        write_reflection(by=act(person), course=course, words="another")
    for key in ("member", "partner", "other-office"):
        client = Client()
        client.force_login(world.people[key].account)
        assert client.get(f"/en/study/reflections/{draft.pk}/").status_code == 404, key


def test_too_short_a_reflection_is_not_handed_in(world, course):
    person = make_volunteer(world, 1)
    with pytest.raises(BadInput):
        hand_in(by=act(person), reflection=write_reflection(by=act(person), course=course, words="It was good."))


def test_host_and_teacher_give_feedback_and_only_a_host_of_this_service(world, course, student):
    reflection = Reflection.objects.get(person=student)
    give_feedback(by=world.actor("partner"), reflection=reflection, words="They came back each week.", host=world.partner)
    give_feedback(by=world.office, reflection=reflection, words="Name the outcome.")
    with pytest.raises(NotAllowed):
        give_feedback(by=world.actor("akimat"), reflection=reflection, words="x", host=world.akimat)
    client = Client()
    client.force_login(student.account)
    page = client.get(f"/en/study/reflections/{reflection.pk}/").content.decode()
    assert "They came back each week." in page and "Passed" in page


def test_the_rubric_decides_and_every_criterion_is_needed(world, course):
    person = make_volunteer(world, 1)
    reflection = hand_in(by=act(person), reflection=write_reflection(by=act(person), course=course, words=WORDS))
    with pytest.raises(BadInput):
        assess(by=world.office, reflection=reflection, levels={"experience": 3})
    assert not assess(by=world.office, reflection=reflection, levels={**GOOD, "society": 0}).passed
    assert assess(by=world.office, reflection=reflection, levels=GOOD).passed
    with pytest.raises(NotAllowed):
        assess(by=act(person), reflection=reflection, levels=GOOD)


# --- credits


def test_hours_become_whole_credits_of_a_course_and_the_rest_stays_free(world, course, student):
    award = award_course(by=world.office, course=course, person=student, on=TODAY)
    assert (award.credits, award.hours) == (2, 60)
    assert sum(h for _pk, h in free_hours(student)) == 6
    assert served_for(course)[0].credits == 2
    with pytest.raises(BadInput) as error:
        award_course(by=world.office, course=course, person=student, on=TODAY)
    assert "too few free hours" in error.value.sentence()


def test_two_rules_never_count_one_hour_twice(world, course, student):
    award_course(by=world.office, course=course, person=student, on=TODAY)
    with pytest.raises(BadInput):
        award_scheme(by=world.office, owner=world.university, person=student, scheme="social", on=TODAY)
    serve(world, student, "20", on=dt.date(2026, 11, 5))
    award = award_scheme(by=world.office, owner=world.university, person=student, scheme="social", on=TODAY)
    assert (award.credits, award.hours) == (2, 20)
    for row in Participation.objects.filter(person=student):
        assert sum(p.hours for p in row.award_parts.filter(award__taken_back_at=None)) <= row.hours_signed


def test_an_eighth_credit_of_a_year_is_refused_with_the_reason_and_the_next_year_begins_anew(world):
    person = make_volunteer(world, 1)
    for day in range(1, 8):
        serve(world, person, "20", on=dt.date(2026, 3, day))
    award = award_scheme(by=world.office, owner=world.university, person=person, scheme="social", on=TODAY)
    assert award.credits == 7
    with pytest.raises(BadInput) as error:
        award_scheme(by=world.office, owner=world.university, person=person, scheme="social", on=TODAY)
    assert (
        error.value.sentence()
        == "The ceiling is reached: 7 of 7 credits of this year are awarded. No further credit can be given before the next one."
    )
    serve(world, person, "22", on=dt.date(2026, 12, 30))
    serve(world, person, "22", on=dt.date(2027, 1, 2))
    assert award_scheme(by=world.office, owner=world.university, person=person, scheme="social", on=dt.date(2027, 1, 10)).credits == 2


def test_the_rule_of_the_day_decides_and_stands_in_the_award(world):
    person = make_volunteer(world, 1)
    serve(world, person, "24")
    set_rule(by=SYSTEM, name="credit.schemes", value={"social": {"steps": [[8, 1]], "most_credits": 2, "most_hours": 100, "per": "financial-year"}}, valid_from=dt.date(2026, 11, 1), source="test", organisation=world.university)  # fmt: skip
    award = award_scheme(by=world.office, owner=world.university, person=person, scheme="social", on=TODAY)
    assert (award.credits, award.rule["steps"]) == (2, [[8, 1]])
    with pytest.raises(BadInput):
        award_scheme(by=world.office, owner=world.university, person=person, scheme="lunar", on=TODAY)


def test_credits_taken_back_free_their_hours_and_stay_in_the_history(world, course, student):
    award = award_course(by=world.office, course=course, person=student, on=TODAY)
    with pytest.raises(BadInput):
        take_back_award(by=world.office, award=award, reason=" ")
    take_back_award(by=world.office, award=award, reason="Counted in the wrong course")
    assert sum(h for _pk, h in free_hours(student)) == 66
    assert Award.objects.count() == 1
    assert award_course(by=world.office, course=course, person=student, on=TODAY).credits == 2


def test_a_course_with_credits_on_its_hours_is_not_untied_nor_deleted(world, course, student):
    award_course(by=world.office, course=course, person=student, on=TODAY)
    with pytest.raises(BadInput) as error:
        untie_opportunity(by=world.office, course=course, tie=course.ties.get())
    assert "Credits of this course rest on hours" in error.value.sentence()
    from django.db.models import ProtectedError
    from django.db.models.query import QuerySet

    with pytest.raises(ProtectedError):
        QuerySet(Course).filter(pk=course.pk).delete()


def test_hours_nobody_signed_give_no_credit(world, course):
    person = make_volunteer(world, 1)
    serve(world, person, "24", signed=False)
    with pytest.raises(BadInput):
        award_scheme(by=world.office, owner=world.university, person=person, scheme="social", on=TODAY)


# --- badges and the book


def test_a_badge_is_issued_once_verified_offline_and_taken_back(world, course, student):
    award_course(by=world.office, course=course, person=student, on=TODAY)
    badge = issue_badge(by=act(student), owner=world.university, person=student, course=course, language="ru")
    assert issue_badge(by=act(student), owner=world.university, person=student, course=course, language="ru") == badge
    page = Client().get(f"/en/badges/{badge.uuid}/").content.decode()
    assert "This badge is genuine" in page and student.name in page
    drawing = Client().get(f"/en/badges/{badge.uuid}/badge.svg").content
    from tertia.core.periods import clock

    verdict = verify(extract(drawing), register(), now=clock.now())
    assert verdict.state == "valid" and verdict.credential["credentialSubject"]["achievement"]["name"] == "Служение обществу"
    assert b"club@example.org" not in drawing and student.email.encode() not in drawing
    with pytest.raises(NotAllowed):
        revoke_badge(by=act(student), badge=badge, reason="x")
    revoke_badge(by=world.office, badge=badge, reason="Issued by mistake")
    assert "This badge was taken back" in Client().get(f"/en/badges/{badge.uuid}/").content.decode()
    listed = Client().get(f"/en/badges/lists/{world.university.slug}.jwt").content.decode()
    assert verify(badge.token, register(), status=listed, now=clock.now()).state == "revoked"
    assert json.loads((settings.HOME / "badges" / "keys.json").read_text())["keys"]


def test_nobody_issues_a_badge_of_another_and_none_without_hours(world, course, student):
    with pytest.raises(NotAllowed):
        issue_badge(by=act(make_volunteer(world, 7)), owner=world.university, person=student)
    with pytest.raises(BadInput):
        issue_badge(by=world.office, owner=world.university, person=make_volunteer(world, 8))


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_the_volunteer_book_is_a_pdf_in_three_languages_with_every_attested_line(world, course, student, language):
    import pypdfium2

    badge = issue_badge(by=act(student), owner=world.university, person=student, language=language)
    pdf = pypdfium2.PdfDocument(book_pdf(badge, language))
    words = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert student.name in words and str(badge.uuid) in words.replace("\r\n", "").replace("\n", "")
    assert words.count("The Club") == 3
    stranger = Client()
    stranger.force_login(world.people["member"].account)
    assert stranger.get(f"/en/badges/{badge.uuid}/book.pdf").status_code == 404


def test_the_whole_record_is_taken_away_at_one_click(world, course, student):
    client = Client()
    client.force_login(student.account)
    body = client.get("/en/study/mine.json").json()
    assert body == {**record_of(student), "made_at": body["made_at"]}
    assert [s["hours_signed"] for s in body["service"]] == ["22.00", "22.00", "22.00"]
    assert body["reflections"][0]["handed_in"] is True


def test_anybody_verifies_a_file_and_nothing_is_kept(world, course, student):
    from django.core.files.uploadedfile import SimpleUploadedFile

    badge = issue_badge(by=act(student), owner=world.university, person=student)
    before = Badge.objects.count()
    page = Client().post("/en/badges/", {"file": SimpleUploadedFile("b.jwt", badge.token.encode())}).content.decode()
    assert "Genuine" in page
    assert Client().post("/en/badges/", {"file": SimpleUploadedFile("b.jwt", b"nothing")}).status_code == 400
    assert Badge.objects.count() == before


def test_service_to_society_is_taken_over_as_a_ready_course_once(world):
    client = Client()
    client.force_login(world.people["office"].account)
    assert "Service to Society" in client.get("/en/study/import/").content.decode()
    for _again in range(2):
        page = client.post("/kk/study/import/", {"do": "template", "template": "service-to-society"}, follow=True).content.decode()
    assert "Қоғамға қызмет" in page and "серіктеспен бірге" in page
    made = Course.objects.get()
    assert (made.service, made.credits, made.outcomes.filter(third_mission=True).count()) == (True, 5, 4)
    with pytest.raises(BadInput):
        take_template(by=world.office, owner=world.university, name="magic", on=TODAY)
    with pytest.raises(NotAllowed):
        take_template(by=world.member, owner=world.university, name="service-to-society", on=TODAY)


def test_a_session_led_from_outside_is_written_down_and_counts_for_each_programme(world, course):
    said = {
        "course": course,
        "led_by": "The Librarian",
        "organisation": world.partner,
        "held_on": TODAY,
        "hours": Decimal(2),
        "topic": text("Readers"),
        "on": TODAY,
    }
    for wrong in (
        {"led_by": " "},
        {"organisation": world.unit},
        {"organisation": world.university},
        {"held_on": TODAY + dt.timedelta(days=1)},
        {"hours": Decimal(25)},
    ):
        with pytest.raises(BadInput):
            note_practitioner(by=world.office, **{**said, **wrong})
    with pytest.raises(NotAllowed):
        note_practitioner(by=world.member, **said)
    made = note_practitioner(by=world.office, **said)
    rows = [row for _year, table in batches(FACTS["practitioner_session"], world.university) for row in table.to_pylist()]
    assert sorted(r["programme"] for r in rows) == sorted(course.programmes.values_list("pk", flat=True)) and {
        r["partner"] for r in rows
    } == {"club"}
    page = Client().get(course.get_absolute_url()).content.decode()
    assert "Readers" in page and "The Librarian" not in page, "the public is told the body, not the person"
    client = Client()
    client.force_login(world.people["office"].account)
    client.post(
        course.get_absolute_url(),
        {
            "do": "guest",
            "led_by": "A Guest",
            "organisation": world.partner.pk,
            "held_on": "2026-11-20",
            "hours": "1.5",
            "topic_en": "Rivers",
        },
    )
    assert "Rivers" in client.get(course.get_absolute_url()).content.decode()
    drop_practitioner(by=world.office, course=course, session=made)
    assert course.practitioner_sessions.count() == 1
