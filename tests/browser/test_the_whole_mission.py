"""The mission from S1 to S12 as one story in one browser: from what a resident says on a telephone to what the country sees.

Each step is done by whose step it is, on a page that the step before leads to. What single rows promise in depth stands in their own tests.
"""

from __future__ import annotations

import datetime as dt

import pytest
from tests.browser.test_from_need_to_return import become
from tests.browser.test_main_job import complaints_of

from tertia.act.activities.models import Activity, HoursSheet
from tertia.core.actions.models import Event
from tertia.core.periods import clock
from tertia.core.records.models import Link
from tertia.listen.needs.models import Need
from tertia.measure.indicators.models import Figure
from tertia.measure.indicators.nightly import recompute
from tertia.plan.strategy.models import Measure
from tertia.tell.stories.models import Story

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


def sound(page, *words):
    """No sideways scrolling, nothing that a checker of accessibility complains of, and the words are there."""
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, page.url
    assert complaints_of(page) == [], page.url
    text = page.inner_text("main")
    for word in words:
        assert word in text, (page.url, word, text[:1500])


def test_from_what_a_resident_says_to_what_the_country_sees(visit, demonstration):
    begun = Event.objects.latest("pk").pk
    # S6: a resident says it, on a telephone, without JavaScript
    resident = visit("/kk/needs/new/", width=360, javascript=False)
    resident.locator("[name=title_kk]").fill("Кешкі автобус кітапхана жабылмай тұрып кетіп қалады")
    resident.locator("main form#need-form button.main").click()
    if resident.locator("#alike").count():
        resident.locator("button[name=sure]").click()
    need = Need.objects.latest("pk")
    assert need.state == "raised"

    # the officer publishes it
    officer = become(visit, "ru", "office")
    officer.goto(f"/ru/needs/{need.slug}/")
    officer.locator("form:has(input[value=publish]) button").click()
    need.refresh_from_db()
    assert need.visibility == "public"
    officer.goto(f"/ru/needs/{need.slug}/")
    sound(officer)

    # S1: a measure grows out of it
    officer.goto(f"/ru/measures/new/?from={need.pk}")
    officer.locator("[name=title_ru]").fill("Продлить вечерний автобус до закрытия библиотеки")
    officer.locator("[name=starts_on]").fill("2026-09-01")
    officer.locator("[name=ends_on]").fill("2027-08-31")
    officer.locator("main form button.main").last.click()
    measure = Measure.objects.latest("pk")
    assert Link.objects.filter(upper=need, lower=measure).exists()
    sound(officer, "Продлить вечерний автобус")

    # S10: the nine recommendations, and who answers
    officer.goto("/ru/resolutions/2019-third-mission/")
    sound(officer)
    officer.goto("/ru/answers/")
    sound(officer)

    # S7: the council, its decisions
    officer.goto("/ru/councils/")
    officer.locator("main ul.rows a").first.click()
    sound(officer)
    officer.goto("/ru/decisions/")
    sound(officer)

    # S2, S5: an activity with a partner; the host signs the hours by a link, on a telephone
    sheet = HoursSheet.objects.filter(state="asked", passes__purpose="activities.attest").select_related("activity").first()
    assert sheet is not None
    host = visit(f"/en/p/{sheet.passes.latest('pk').token}/", width=360)
    sound(host)
    host.locator("button[value=sign]").click()
    sheet.refresh_from_db()
    assert sheet.state == "signed"
    student = become(visit, "kk", "student", width=360)
    for page in ("/kk/volunteering/mine/", "/kk/study/mine/"):
        student.goto(page)
        sound(student)
    officer.goto("/ru/agreements/")
    sound(officer)

    # S4: what is planned for staff, and what of it is confirmed
    officer.goto("/ru/faculty/load/")
    sound(officer)

    # S9: what the region asks of research
    officer.goto("/ru/research/questions/")
    sound(officer)

    # S8: a story out of the activity
    activity = Activity.objects.get(pk=sheet.activity_id)
    officer.goto(f"/ru/activities/{activity.slug}/")
    sound(officer)
    officer.locator("a[href*='/stories/new/?from=']").first.click()
    if officer.locator("[name=title_ru]").count():
        officer.locator("[name=title_ru]").fill("Вместе с соседями")
        officer.locator("main form button.main").last.click()
    story = Story.objects.latest("pk")
    assert Link.objects.filter(lower=story).exists() or Link.objects.filter(upper=story).exists()
    sound(officer)

    # S3: the figure counts what was signed, and opens to it
    recompute(demonstration.university, clock.today())
    figure = Figure.objects.filter(indicator__owner=demonstration.university, state="value").order_by("pk").first()
    assert figure is not None
    officer.goto("/ru/figures/")
    sound(officer)
    officer.locator("main a[href*='/figures/']").first.click()
    sound(officer)

    # S12: who holds the network together; S11: the country; and the report of the year
    for page in ("/ru/network/", "/ru/country/", "/ru/involvement/", "/ru/reports/"):
        officer.goto(page)
        sound(officer)

    # the thread leads from what was said to what was planned, and the journal has every step
    reader = visit(f"/en/records/{need.pk}/thread/", width=360)
    sound(reader)
    assert measure.title.read("en").text in reader.inner_text("main")
    done = set(Event.objects.filter(pk__gt=begun).values_list("action", flat=True))
    assert {"needs.raise", "needs.publish", "strategy.plan_measure", "activities.attest_hours"} <= done, done
    assert clock.today() == dt.date(2026, 11, 24)
