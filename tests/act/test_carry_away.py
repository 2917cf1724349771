"""What is carried away: supplement, letter of thanks, the whole record; the files for the register and the platform."""

from __future__ import annotations

import csv
import io

import pypdfium2
import pytest
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.act.test_learning import act, course, serve, student  # noqa: F401  fixtures
from tests.cast import TODAY, make_volunteer

from tertia.act.learning.actions import award_course, award_scheme
from tertia.act.learning.badges import issue_badge
from tertia.act.learning.papers import PAPERS, paper_pdf, record_pdf
from tertia.act.volunteering.actions.listing import allow_listing
from tertia.act.volunteering.models import Listing
from tertia.act.volunteering.register import PLATFORM, platform_file, register_lines, register_table, register_years
from tertia.core.actions.errors import NotAllowed


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


@pytest.fixture
def badge(world, course, student):  # noqa: F811
    award_course(by=world.office, course=course, person=student, on=TODAY)
    return issue_badge(by=act(student), owner=world.university, person=student)


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", ("Supplement to the transcript", "Letter of thanks", "66 hours")), ("ru", ("Приложение к транскрипту", "Благодарственное письмо", "66")), ("kk", ("Транскриптке қосымша", "Алғыс хат", "66"))],
)  # fmt: skip
def test_papers_in_three_languages(world, badge, language, told):
    supplement, thanks = (words(paper_pdf(badge, what, language)) for what in PAPERS)
    assert told[0] in supplement and "Служение обществу" in supplement and "O1" in supplement and badge.holder in supplement
    assert told[1] in thanks and told[2] in thanks and "The Club" in thanks
    assert "2" in supplement and "66" in supplement and "60" in supplement  # two credits of thirty hours each, of sixty-six


def test_the_supplement_says_the_step_of_a_national_scheme(world):
    person = make_volunteer(world, 1)
    serve(world, person, "20")
    award_scheme(by=world.office, owner=world.university, person=person, scheme="social", on=TODAY)
    badge = issue_badge(by=act(person), owner=world.university, person=person)
    assert "20 h for 2 credits" in words(paper_pdf(badge, "supplement", "en"))


def test_the_whole_record_as_pdf_is_for_oneself(world, student, badge):  # noqa: F811
    told = words(record_pdf(student, "en"))
    assert "66 hours" in told and "We sat beside older residents" in told and str(badge.uuid)[:8] in told and "Credits" in told
    client = Client()
    client.force_login(student.account)
    assert client.get("/kk/study/mine.pdf")["Content-Type"] == "application/pdf"
    page = client.get("/ru/study/mine/").content.decode()
    assert f"/ru/badges/{badge.uuid}/thanks.pdf" in page and "/ru/study/mine.pdf" in page
    for what, status in (("book", 200), ("supplement", 200), ("thanks", 200), ("praise", 404)):
        assert client.get(f"/ru/badges/{badge.uuid}/{what}.pdf").status_code == status
    assert Client().get(f"/ru/badges/{badge.uuid}/thanks.pdf").status_code == 404


def test_by_name_stands_only_who_agreed(world):
    people = [make_volunteer(world, n) for n in (1, 2, 3)]
    for person in people:
        serve(world, person, "3")
    serve(world, people[0], "5", signed=False)
    assert register_years(world.university) == [2026]
    assert [(line.name, line.others, line.hours) for line in register_lines(world.university, 2026)] == [("", 1, 3)] * 3
    allow_listing(by=act(people[1]), person=people[1], allowed=True)
    allow_listing(by=act(people[1]), person=people[1], allowed=True)
    assert sorted(line.name for line in register_lines(world.university, 2026)) == ["", "", people[1].name]
    head, *rows = list(csv.reader(io.StringIO(platform_file(world.university, 2026).lstrip("\ufeff")), delimiter=";"))
    assert tuple(head) == PLATFORM and [r[0] for r in rows] == [people[1].name] and rows[0][9] == "3.00"
    for language, hours in (("kk", "Сағаттар"), ("ru", "Часы"), ("en", "Hours")):
        sheet = (
            CalamineWorkbook.from_filelike(io.BytesIO(register_table(world.university, 2026, language))).get_sheet_by_index(0).to_python()
        )
        assert len(sheet) == 4 and sheet[0][8] == hours
    with pytest.raises(NotAllowed):
        allow_listing(by=world.office, person=people[0], allowed=True)
    allow_listing(by=act(people[1]), person=people[1], allowed=False)
    assert not Listing.objects.exists()


def test_in_the_browser(world):
    person = make_volunteer(world, 1)
    serve(world, person, "3")
    client = Client()
    client.force_login(person.account)
    assert client.post("/en/volunteering/mine/", {"do": "listing", "allowed": "yes"}).status_code == 302
    assert "Take my name out" in client.get("/en/volunteering/mine/").content.decode()
    office = Client()
    office.force_login(world.people["office"].account)
    assert "1 person has agreed" in office.get("/en/volunteering/register/").content.decode()
    assert person.name in office.get("/en/volunteering/register/2026.csv").content.decode()
    assert office.get("/en/volunteering/register/2026.xlsx").status_code == 200
    assert office.get("/en/volunteering/register/2020.csv").status_code == 404
