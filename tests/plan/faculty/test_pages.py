"""Pages and papers of the faculty as a teacher, a dean and the office use them."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from docx import Document
from tests.cast import SYSTEM, TODAY, make_measure, text
from tests.plan.faculty.making import YEAR, by, make_agreed, make_dean, make_draft, make_teacher, norm, work_of
from tests.plan.faculty.making import browser_of as browser
from tests.plan.faculty.test_profiles import make_profile, make_review

from tertia.core.parties.actions import found_organisation
from tertia.core.periods import clock
from tertia.plan.faculty.actions import offer
from tertia.plan.faculty.models import Assignment, Norm, Post, Profile, ProfileReview, Recognition, Training

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day():
    with clock.at(TODAY, 12):
        yield


def office(world):
    return browser(world.people["office"])


def words_of(answer):
    return answer.content.decode()


def cells_of(answer):
    document = Document(io.BytesIO(answer.content))
    return [p.text for p in document.paragraphs] + [c.text for t in document.tables for r in t.rows for c in r.cells]


def test_a_teacher_writes_and_a_dean_answers(world):
    teacher, dean = make_teacher(world), make_dean(world)
    measure = make_measure(world)
    norm(world, fewest=20, most=60)
    norm(world, "lecture", each=6)
    mine, theirs = browser(teacher), browser(dean)
    page = mine.post("/en/faculty/assignments/new/", {"year": YEAR.label}, follow=True)
    made = Assignment.objects.get()
    here = f"/en/faculty/assignments/{made.pk}/"
    assert page.redirect_chain[-1][0] == here
    page = mine.post(here, {"do": "line", "function": "lecture", "what": "", "times": "2"})
    assert "This field is required" in words_of(page)
    mine.post(here, {"do": "line", "function": "lecture", "what": "Talks in the library", "times": "2", "measure": measure.pk})
    line = made.lines.get()
    assert (line.hours, line.measure) == (12, measure.record_ptr)
    page = words_of(mine.get(f"{here}?line={line.pk}"))
    assert "Talks in the library" in page and "wants at least" in page
    assert theirs.get(here).status_code == 404, "a draft is the teacher's alone"
    page = mine.post(here, {"do": "offer"})
    assert page.status_code == 400 and "The norms are left" in words_of(page)
    mine.post(here, {"do": "beside", "other_hours": "900", "words": "Half a year only", "beyond_why": "Half a year"})
    mine.post(here, {"do": "offer"})
    assert "Half a year only" in words_of(theirs.get(here)) and "Wait for my word" in words_of(theirs.get("/en/faculty/"))
    assert "Assignments that wait for your word" in words_of(theirs.get("/en/today/"))
    refused = mine.post(here, {"do": "agree"})
    assert refused.status_code == 400 and "You do not have the role" in words_of(refused)
    theirs.post(here, {"do": "up"})
    theirs.post(here, {"do": "line", "function": "lecture", "what": "Talks in the library", "hours": "24"})
    theirs.post(here, {"do": "offer"})
    assert "24" in words_of(mine.get(here))
    mine.post(here, {"do": "agree"})
    made.refresh_from_db()
    assert made.state == "agreed" and made.lines.get(stands=True).hours == 24
    page = words_of(mine.get(here))
    assert "Evidence missing." in page and "Planned and confirmed" in page
    mine.post(here, {"do": "reopen", "reason": "A school has asked"})
    made.refresh_from_db()
    assert (made.state, made.turn) == ("draft", "person")


def test_papers_print_records_and_missing_evidence(world):
    teacher, dean = make_teacher(world), make_dean(world)
    made = make_agreed(world, teacher, dean, [("lecture", 10), ("research", 6)])
    work_of(world, teacher, hours=4, words="Water of the city")
    work_of(world, teacher, "dialogue", hours=2, words="The square", signed=False)
    mine = browser(teacher)
    here = f"/en/faculty/assignments/{made.pk}/"
    plan, report = (mine.get(f"{here}{what}.docx") for what in ("plan", "report"))
    assert "Speaks and shows in public" in cells_of(plan) and any("Agreed on 24" in c for c in cells_of(plan))
    said = cells_of(report)
    assert "EVIDENCE MISSING" in said and any("Water of the city, 4 h, confirmed by The Club (testserver/en/records/" in c for c in said)
    assert any("The square" in c and "not confirmed yet" in c for c in said) and "1 line has no confirmed evidence." in said
    assert mine.get(f"{here}report.pdf").content[:5] == b"%PDF-" and mine.get(f"{here}plan.pdf").status_code == 200
    for wrong in ("report.xlsx", "nothing.pdf"):
        assert mine.get(f"{here}{wrong}").status_code == 404
    other = browser(make_teacher(world, 2))
    assert [other.get(f"{here}{w}").status_code for w in ("", "plan.pdf", "report.docx")] == [404] * 3
    sheet = mine.get(f"/en/faculty/sheet/{teacher.pk}.docx")
    assert any("Done beside the plan" in c for c in cells_of(sheet))
    assert other.get(f"/en/faculty/sheet/{teacher.pk}.pdf").status_code == 404
    assert (
        browser(dean).get(f"/en/faculty/sheet/{teacher.pk}.pdf").status_code
        == office(world).get(f"/en/faculty/sheet/{teacher.pk}.pdf").status_code
        == 200
    )


def test_a_draft_says_so_on_paper_and_only_to_its_side(world):
    teacher, dean = make_teacher(world), make_dean(world)
    made = make_draft(world, teacher, by(teacher))
    mine = browser(teacher).get(f"/en/faculty/assignments/{made.pk}/plan.docx")
    assert "Not agreed yet: a draft." in cells_of(mine)
    assert browser(teacher).get(f"/en/faculty/assignments/{made.pk}/report.docx").status_code == 404
    assert browser(dean).get(f"/en/faculty/assignments/{made.pk}/plan.docx").status_code == 404


def test_the_load_names_people_to_those_who_lead_them(world):
    chair = found_organisation(by=SYSTEM, slug="uni-chair", kind="unit", name=text("The Chair"), parent=world.unit)
    arts = found_organisation(by=SYSTEM, slug="uni-arts", kind="unit", name=text("Faculty of Arts"), parent=world.university)
    dean, far = make_dean(world), make_teacher(world, 9, unit=arts)
    for n in (1, 2, 3):
        make_agreed(world, make_teacher(world, n, chair=chair), dean, [("lecture", 10 if n < 3 else 90)])
    make_agreed(world, far, make_dean(world, arts, "arts"), [("lecture", 33)])
    norm(world, most=60)
    page = words_of(browser(dean).get("/en/faculty/load/"))
    assert "Teacher Number3" in page and "over the norm" in page and "The Chair" in page and "Faculty of Arts" not in page
    assert browser(dean).get("/en/faculty/load/?unit=uni-arts").status_code == 404
    page = words_of(office(world).get("/en/faculty/load/"))
    assert "Faculty of Arts" in page and "Teacher Number1" not in page, "on the page of the whole those who stand out are named"
    assert "Teacher Number1" in words_of(office(world).get("/en/faculty/load/?unit=uni-chair"))
    assert office(world).get("/en/faculty/load/?year=nonsense").status_code == 200
    assert "Teacher Number3" in cells_of(office(world).get("/en/faculty/load/load.docx"))
    assert office(world).get(f"/en/faculty/load/load.pdf?unit=uni-law&year={YEAR.label}").content[:5] == b"%PDF-"
    for key in ("analyst", "citizen"):
        assert browser(world.people[key]).get("/en/faculty/load/").status_code == 404


def test_pages_ask_the_database_a_bounded_number_of_times(world, django_assert_max_num_queries):
    dean = make_dean(world)
    client = browser(dean)
    for n in range(1, 13):
        made = make_agreed(world, make_teacher(world, n), dean, [("lecture", 10 * n)])
        work_of(world, made.person, hours=2)
    for address, most in (
        ("/en/faculty/", 26),
        ("/en/faculty/load/", 24),
        ("/en/faculty/load/?unit=uni-law", 24),
        (f"/en/faculty/assignments/{made.pk}/", 30),
    ):
        client.get(address)
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


def test_profiles_and_their_review_in_the_browser(world):
    client = office(world)
    client.post("/en/faculty/profiles/new/", {"position": "lecturer", "title_en": "Lecturer"})
    made = Profile.objects.get()
    here = made.get_absolute_url()
    assert Client().get(here).status_code == 404 and "No profile is approved yet" in words_of(Client().get("/en/faculty/profiles/"))
    assert "already" in words_of(client.post("/en/faculty/profiles/new/", {"position": "lecturer", "title_en": "Again"}))
    page = client.post(here, {"do": "function", "function": "lecture", "words_en": ""})
    assert "Write it in at least one language" in words_of(page)
    client.post(here, {"do": "function", "function": "lecture", "words_en": "Two talks a year"})
    assert client.post(here, {"do": "approve", "source": ""}).status_code == 400
    client.post(here, {"do": "approve", "source": "Order 7"})
    assert "Two talks a year" in words_of(Client().get(here)) and "Order 7" in words_of(Client().get(here))
    client.post(here, {"do": "function", "function": "advice", "words_en": "Advises the akimat"})
    assert "Advises the akimat" not in words_of(Client().get(here)), "what is being written is not in force"
    page = client.post("/en/faculty/reviews/new/", {"title_en": "All of them", "due_on": "2026-12-20"}, follow=True)
    review = ProfileReview.objects.get()
    assert "0 of 1" in words_of(page)
    assert "The review asks about this profile" in words_of(client.get(here))
    assert client.post(review.get_absolute_url(), {"do": "close"}).status_code == 400
    client.post(here, {"do": "review", "line": review.lines.get().pk, "outcome": "changed"})
    assert "1 of 1" in words_of(client.get(review.get_absolute_url()))
    client.post(review.get_absolute_url(), {"do": "close"})
    client.post(here, {"do": "basics", "title_en": "Lecturer of law"})
    client.post(here, {"do": "drop", "function": made.functions.first().pk})
    client.post(here, {"do": "retire"})
    made.refresh_from_db()
    review.refresh_from_db()
    assert (made.state, review.state, made.functions.count()) == ("retired", "closed", 1)
    assert browser(world.people["citizen"]).get(review.get_absolute_url()).status_code == 404


def test_whoever_is_asked_by_a_review_answers_without_the_office(world):
    dean = make_dean(world)
    make_profile(world, "professor", world.unit, functions=["research"])
    review = make_review(world)
    client = browser(dean)
    assert "Profiles for you to look through" in words_of(client.get("/en/today/"))
    client.post(review.get_absolute_url(), {"do": "line", "line": review.lines.get().pk, "outcome": "kept", "reason": "It has one"})
    assert review.lines.get().outcome == "kept"


def test_posts_and_norms_in_the_browser(world):
    teacher = make_teacher(world, post=False)
    client = office(world)
    said = {"do": "fill", "number": "T0001", "position": "lecturer", "rate": "0.5", "unit": world.unit.pk, "starts_on": "2026-09-01"}
    assert "Nobody of your university" in words_of(client.post("/en/faculty/posts/", {**said, "number": "T7"}))
    client.post("/en/faculty/posts/", said)
    assert Post.objects.get(person=teacher).rate == client.get("/en/faculty/posts/?q=T0001").context["rows"][0][0].rate
    client.post("/en/faculty/posts/", {"do": "end", "post": Post.objects.get().pk})
    assert Post.objects.get().ends_on == TODAY
    page = client.post("/en/faculty/norms/", {"function": "whole", "valid_from": "2026-09-01", "most": "60", "source": ""})
    assert "This field is required" in words_of(page) and not Norm.objects.exists()
    client.post("/en/faculty/norms/", {"function": "whole", "valid_from": "2026-09-01", "most": "60", "source": "Council 3"})
    assert "Council 3" in words_of(browser(teacher).get("/en/faculty/norms/"))
    browser(teacher).post("/en/faculty/norms/", {"function": "whole", "valid_from": "2027-09-01", "most": "1", "source": "Me"})
    assert Norm.objects.count() == 1


def test_recognition_and_training_in_the_browser(world):
    teacher = make_teacher(world)
    talk = work_of(world, teacher, words="Water of the city")
    client, mine = office(world), browser(teacher)
    assert "Teacher Number1" in words_of(client.get("/en/faculty/recognition/?q=T0001"))
    address = f"/en/faculty/recognition/new/?person={teacher.pk}"
    assert "Water of the city" in words_of(client.get(address))
    client.post(address, {"kind": "promotion", "decided_on": "2026-11-20", "source": "Order 8", "record": [talk.pk]})
    assert Recognition.objects.get().grounds.get().record_id == talk.pk
    assert "it counted" in words_of(mine.get("/en/faculty/recognition/")) and mine.get(address).status_code == 404
    assert "Order 8" not in words_of(browser(make_teacher(world, 2)).get("/en/faculty/recognition/")), (
        "a decision about somebody is no news for others"
    )
    client.post("/en/faculty/training/", {"title_en": "Communities", "held_by": "The club", "ended_on": "2026-10-01", "hours": "16"})
    made = Training.objects.get()
    here = f"/en/faculty/training/{made.pk}/"
    mine.post(here, {"do": "mine", "paper": "No. 5"})
    assert "waits for the office" in words_of(mine.get(here)) and "Teacher Number1" not in words_of(
        browser(make_teacher(world, 3)).get(here)
    )
    client.post(here, {"do": "confirm", "part": made.parts.get().pk})
    assert "T99" in words_of(client.post(here, {"do": "people", "numbers": "T0002 T99"}))
    client.post(here, {"do": "people", "numbers": "T0001\nT0002"})
    assert made.parts.filter(confirmed_on__isnull=False).count() == 2


def test_an_offer_that_went_over_meanwhile_is_refused_with_a_sentence(world):
    teacher, dean = make_teacher(world), make_dean(world)
    made = make_draft(world, teacher, by(teacher))
    offer(by=by(teacher), assignment=made)
    late = browser(teacher).post(f"/en/faculty/assignments/{made.pk}/", {"do": "line", "function": "lecture", "what": "more", "hours": "3"})
    assert late.status_code in (200, 403) and made.lines.get().what == "lecture for the city"
    assert browser(dean).post(f"/en/faculty/assignments/{made.pk}/", {"do": "back"}).status_code in (400, 403)
