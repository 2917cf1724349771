"""A learning platform in a browser: a student comes by one link, a teacher takes a course there, without JavaScript."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from tests.act.platform import CLAIM, MockPlatform
from tests.cast import write_directly

from tertia.act.learning.lti.actions import add_platform
from tertia.act.learning.models import Course, CourseLink, PlatformUser
from tertia.core.actions.actor import Actor
from tertia.core.parties.models import Account, Person

pytestmark = [pytest.mark.browser, pytest.mark.production]


@pytest.fixture
def moodle(demonstration, live_server, settings):
    settings.TERTIA_INNER_CALLS, settings.BASE_URL = True, live_server.url
    cache.clear()
    made = MockPlatform(lambda: Client().get("/lti/keys.json").json())
    made.tool = live_server.url
    administrator = Account.objects.get(email="administrator@demonstration.invalid").person
    add_platform(by=Actor.of(administrator), owner=demonstration.university, **made.registration())
    yield made
    made.close()


def numbered(role: str, key: str) -> Person:
    person = Account.objects.get(email=f"{role}@demonstration.invalid").person
    person.key = key
    write_directly(person)
    return person


def test_by_one_link_into_the_course_and_back(moodle, chromium, live_server):
    student, office = numbered("student", "L1"), numbered("office", "L2")
    course = Course.objects.filter(service=True).first()
    moodle.says = {f"{CLAIM}lis": {"person_sourcedid": "L1"}, f"{CLAIM}custom": {"course": course.slug}}
    context = chromium.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False, locale="kk")
    page = context.new_page()
    page.goto(f"{moodle.url}/course")
    page.click("text=Service")
    page.click("text=Go on")
    assert page.url.endswith(course.get_absolute_url()) or course.slug in page.url
    assert PlatformUser.objects.get().person == student and CourseLink.objects.get().course == course
    context.close()

    # the office signs in itself: the platform's word is too little for whoever keeps records
    moodle.says = {f"{CLAIM}lis": {"person_sourcedid": "L2"}, "sub": "user-2", "kind": "LtiDeepLinkingRequest"}
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{moodle.url}/course")
    page.click("text=Service")
    page.click("text=Go on")
    assert "login" in page.url
    page.goto(f"{live_server.url}/en/demonstration/")
    page.click("button[value=office]")
    page.goto(f"{live_server.url}/en/study/platforms/course/")
    page.check(f"input[name=course][value='{course.pk}']")
    page.click("text=Take this course")
    page.click("text=Put it into the course")
    assert page.url == f"{moodle.url}/return" and moodle.returned.count(".") == 2
    assert office.pk
    context.close()
