"""One student's whole way on a telephone: find, sign up, arrive without network, sync, signed by the host, reflect, credits, a badge."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from openbadgeslib.ob3 import OB3Verifier
from tests.browser.test_main_job import complaints_of
from tests.cast import write_directly

from tertia.act.activities.models import HoursSheet
from tertia.act.learning.actions import tie_opportunity
from tertia.act.learning.credentials import extract
from tertia.act.learning.models import Badge, Course
from tertia.act.volunteering.actions import add_shifts, make_desk, offer_help_wanted
from tertia.act.volunteering.actions.lists import desk_secret
from tertia.act.volunteering.actions.plans import Plan, Times
from tertia.act.volunteering.codes import code_at
from tertia.act.volunteering.models import Entry, Shift, SignUp
from tertia.core.actions.actor import Actor
from tertia.core.languages.text import Text
from tertia.core.parties.models import Organisation, Person
from tertia.core.periods import clock
from tertia.core.records.models import Record

pytestmark = [pytest.mark.browser, pytest.mark.production, pytest.mark.django_db(transaction=True)]
WORDS = (
    "I sat beside a neighbour and we wrote to her grandson together; I asked first and explained second, and she did it again alone. " * 3
)


@pytest.fixture
def afternoon(demonstration):
    """Thirty-two hours of service would be many afternoons; here one task, tied to the course, that begins in half an hour."""
    university = demonstration.university
    office = Actor.of(Person.objects.get(account__email="office@demonstration.invalid"), clock.today())
    start = clock.now() + dt.timedelta(minutes=30)
    made = offer_help_wanted(
        by=office, owner=university, host=Organisation.objects.get(slug="demonstration-library"), title=Text.of("en", en="Letters for neighbours"),
        shifts=[Times(start, start + dt.timedelta(hours=6), 3)], plan=Plan(where="Reading room", skills=("digital",)),
        helps_with=[Record.objects.get(kind="measure", number="5.2")], demonstration=True,
    )  # fmt: skip
    course = Course.objects.get(code="D-SRV101")
    tie_opportunity(by=office, course=course, opportunity=made, outcomes=list(course.outcomes.all()))
    return made


def sign_in(visit, role, width=360):
    page = visit("/en/demonstration/", width=width)
    page.get_by_role("button", name=role).first.click()
    return page


def _whole_way(afternoon, visit, client):
    student = Person.objects.get(account__email="student@demonstration.invalid")
    page = sign_in(visit, "student")
    # find and sign up
    page.goto("/en/volunteering/?q=letters")
    assert complaints_of(page) == []
    page.get_by_role("link", name="Letters for neighbours").click()
    assert complaints_of(page) == []
    page.locator("input[name=shift]").check()
    page.get_by_role("button", name="Sign up for what is ticked").click()
    assert "You have a place in 1 shift." in page.inner_text("main")
    shift = Shift.objects.get(opportunity=afternoon)
    assert SignUp.objects.filter(shift=shift, person=student, waiting=False).exists()

    # the arriving page is opened once; then the network is cut
    page.goto("/en/check-in/")
    assert complaints_of(page) == []
    page.wait_for_selector("html[data-kept-offline]", state="attached")
    page.context.set_offline(True)
    answer = page.goto(f"/en/check-in/?shift={shift.pk}&code=000000")
    assert answer.from_service_worker and "I am here" in page.inner_text("h1")
    page.locator(f"input[name=shift][value='{shift.pk}']").check()
    page.locator("#code").fill(code_at(desk_secret(), shift.pk, clock.now()))
    page.get_by_role("button", name="I have come").click()
    page.get_by_text("Your arrival is kept on this phone").wait_for()
    assert not Entry.objects.filter(shift=shift).exists()
    # back in the network it is sent by itself, once
    page.context.set_offline(False)
    page.get_by_text("Your arrival is noted.").wait_for()
    page.reload()
    assert Entry.objects.filter(shift=shift, person=student).count() == 1

    # hours pass; the host closes the list and signs by a link, without an account
    shift.refresh_from_db()
    back = dt.timedelta(hours=7)
    shift.starts_at, shift.ends_at = shift.starts_at - back, shift.ends_at - back
    write_directly(shift)
    entry = Entry.objects.get(shift=shift)
    entry.at -= back
    write_directly(entry)
    held = make_desk(by=Actor.system("test"), shift=shift)
    host = visit(f"/en/p/{held.token}/", width=360)
    assert complaints_of(host) == []
    host.get_by_role("button", name="Close the list and ask for the signature").click()
    sheet = HoursSheet.objects.get(activity__shift=shift)
    host.goto(f"/en/p/{sheet.passes.first().token}/")
    host.locator("input[type=number]").fill("6")
    host.locator("button.main").click()
    assert "Confirmed. Thank you." in host.inner_text("h1")

    # the same hours stand on the thread page, and the office awards credits for what was reflected on
    page.goto(sheet.get_absolute_url().replace("/kk/", "/en/"))
    assert "6.0 h signed by the host, 1 person" in page.inner_text("body") or "6.0 h signed by the host, 1 people" in page.inner_text(
        "body"
    )
    page.goto("/en/study/mine/")
    assert complaints_of(page) == []
    assert "Letters for neighbours" in page.inner_text("main") and "Your reflection was passed." in page.inner_text("main")
    page.get_by_role("button", name="Make a badge of all signed hours").click()
    badge = Badge.objects.filter(person=student, course=None).get()
    page.goto(f"/en/badges/{badge.uuid}/")
    assert complaints_of(page) == []
    assert "This badge is genuine" in page.inner_text("h1")
    drawing = client.get(f"/en/badges/{badge.uuid}/badge.svg").content
    token = extract(drawing)
    issuer = re.search(r'"iss": ?"(did:key:[^"]+)"', __import__("json").dumps(_payload(token)))[1]
    credential = OB3Verifier.for_issuer_did(issuer).verify(token)
    assert credential.achievement.name == "Volunteer"


def _payload(token):
    import base64
    import json

    return json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "==="))


def _office(afternoon, visit):
    """From a draft that nobody else sees to credits, over three kinds of people."""
    course = Course.objects.get(code="D-SRV101")
    office = sign_in(visit, "third-mission officer", 1280)
    office.goto(f"/en/study/courses/{course.slug}/")
    assert complaints_of(office) == []
    assert office.get_by_role("button", name="Award credits").count() == 1
    office.get_by_role("link", name="passed", exact=True).click()
    assert complaints_of(office) == []
    office.get_by_label("A word of feedback").fill("Well seen.")
    office.get_by_role("button", name="Give feedback").click()
    assert "Well seen." in office.inner_text("main")
    office.goto("/en/study/import/")
    assert complaints_of(office) == []
    for path in (
        "/en/volunteering/new/",
        f"/en/volunteering/{afternoon.slug}/plan/",
        f"/en/volunteering/{afternoon.slug}/wall/",
        f"/en/volunteering/shifts/{afternoon.shifts.first().pk}/",
    ):
        office.goto(path)
        assert complaints_of(office) == [], path


def _two_telephones(shift, visit):
    """What two telephones note without network is kept on them and comes together."""
    people = list(Person.objects.filter(key__startswith="S")[2:4])
    for number, person in enumerate(people, start=50):
        from django.db.models.query import QuerySet

        QuerySet(SignUp).bulk_create([SignUp(shift=shift, person=person, number=number, signed_up_at=clock.now())])
    held = make_desk(by=Actor.system("test"), shift=shift)
    phones = [visit(f"/en/p/{held.token}/", width=360) for _ in range(2)]
    for phone in phones:
        phone.wait_for_selector("html[data-kept-offline]", state="attached")
        phone.context.set_offline(True)
        assert phone.reload().from_service_worker
    for phone, person in zip(phones, people):
        phone.locator(f"[data-person='{person.pk}'] button.main").click()
        phone.get_by_text("Without network. 1 entries are kept on this device").wait_for()
        phone.reload()  # the telephone is put away and opened again
        assert "kept on this device" in phone.inner_text(f"[data-person='{person.pk}']")
    phones[0].locator("#name").fill("Somebody New")
    phones[0].get_by_role("button", name="Write down").click()
    phones[0].get_by_text("Without network. 2 entries").wait_for()
    for phone in phones:
        phone.context.set_offline(False)
        phone.get_by_text("Everything is sent.").wait_for()
    assert Entry.objects.filter(shift=shift).count() == 3
    assert {e.person.name for e in Entry.objects.filter(shift=shift)} == {people[0].name, people[1].name, "Somebody New"}


def test_a_student_s_whole_way_with_the_network_cut_the_office_and_two_telephones(afternoon, visit, client):
    """Three stories on one demonstration, which takes long to load."""
    _whole_way(afternoon, visit, client)
    _office(afternoon, visit)
    start = clock.now() + dt.timedelta(minutes=40)
    office = Actor.of(Person.objects.get(account__email="office@demonstration.invalid"), clock.today())
    add_shifts(by=office, opportunity=afternoon, shifts=[Times(start, start + dt.timedelta(hours=2), 5)])
    _two_telephones(afternoon.shifts.last(), visit)
