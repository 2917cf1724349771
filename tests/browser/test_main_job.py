"""The main job in a real browser: three languages, 360 px, without JavaScript; axe finds nothing serious."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tertia.act.activities.models import HoursSheet
from tertia.core.messages.models import Message
from tertia.core.records.models import OwedAnswer, Record
from tertia.plan.conferences.models import Dispatch

pytestmark = [pytest.mark.browser, pytest.mark.production, pytest.mark.django_db(transaction=True)]

PUBLIC = [
    "/", "/listen/", "/plan/", "/act/", "/measure/", "/tell/", "/needs/", "/needs/new/", "/resolutions/2019-third-mission/", "/measures/", "/figures/",
    "/figures/volunteer-hours-total/", "/figures/volunteer-hours-total/records/?period=2025-26", "/reports/2025-26-1/", "/answers/", "/search/?q=river",
    "/design/", "/accessibility/", "/demonstration/", "/mailbox/", "/facts/", "/accounts/login/", "/accounts/signup/", "/organisations/", "/conferences/",
]  # fmt: skip


def complaints_of(page):
    found = Axe().run(page).response["violations"]
    return [(v["id"], v["impact"], v["nodes"][0]["html"][:120]) for v in found if v["impact"] in ("serious", "critical")]


def test_every_public_page_is_sound_in_three_languages_on_a_phone_and_a_desk(demonstration, visit):
    wrong = []
    measure = Record.objects.get(kind="measure", number="5.2")
    pages = [*PUBLIC, f"/records/{measure.pk}/thread/", f"/measures/{measure.slug}/"]
    for language, width in (("kk", 360), ("ru", 1280), ("en", 320)):
        page = visit(f"/{language}/", width=width)
        for path in pages:
            page.goto(f"/{language}{path}")
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append((language, path, "scrolls sideways"))
            if page.locator("h1").count() != 1 or page.get_attribute("html", "lang") != language:
                wrong.append((language, path, "heading or language"))
            wrong += [(language, path, *c) for c in complaints_of(page)]
    assert wrong == []


def test_the_workspace_is_sound_for_an_officer(demonstration, visit):
    page = visit("/en/demonstration/")
    page.get_by_role("button", name="third-mission officer").click()
    assert page.url.endswith("/en/today/")
    wrong = []
    for path in (
        "/today/",
        "/people/",
        "/resolutions/read/",
        "/resolutions/2019-third-mission/letters/",
        "/measures/new/",
        "/activities/new/",
        "/me/data/",
        "/me/tokens/",
        "/conferences/new/",
    ):
        page.goto(f"/ru{path}")
        wrong += [(path, *c) for c in complaints_of(page)]
    assert wrong == []


@pytest.mark.parametrize("javascript", [True, False])
def test_an_addressee_answers_and_the_silence_ends(demonstration, visit, javascript):
    dispatch = Dispatch.objects.select_related("link").get(body__slug="demonstration-university-of-law")
    page = visit("/kk/resolutions/2019-third-mission/", width=360, javascript=javascript)
    assert "118 күн жауап жоқ" in page.inner_text("main")
    page.goto(f"/kk/p/{dispatch.link.token}/")
    if javascript:
        assert complaints_of(page) == []
    first = page.locator("ol.rows > li").first
    first.locator("input[type=radio][value=declined]").check()
    page.locator("form button.main").click()
    expect(page.locator(".error")).to_have_count(1)
    first = page.locator("ol.rows > li").first
    first.locator("textarea").fill("Біздің құзыретімізде емес.")
    page.locator("form button.main").click()
    expect(page.locator(".note.good")).to_have_count(1)
    assert OwedAnswer.objects.filter(party__slug="demonstration-university-of-law", state="declined").count() == 1
    page.goto("/kk/resolutions/2019-third-mission/")
    assert "Біздің құзыретімізде емес." in page.content()
    thread = OwedAnswer.objects.get(party__slug="demonstration-university-of-law", state="declined").record
    page.goto(f"/kk/recommendations/{thread.slug}/")
    assert "Біздің құзыретімізде емес." in page.inner_text("main")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_host_signs_and_the_figure_opens_to_its_records(demonstration, visit, javascript):
    sheet = HoursSheet.objects.filter(state="asked", activity__host__slug="demonstration-eco-club").order_by("-pk").first()
    page = visit(f"/en/p/{sheet.passes.first().token}/", width=360, javascript=javascript)
    if javascript:
        assert complaints_of(page) == []
        before = page.locator("[data-sum]").inner_text()
        page.locator("[data-sheet] input[type=checkbox]").first.uncheck()
        assert page.locator("[data-sum]").inner_text() != before
    page.locator("button.main").click()
    assert "Confirmed. Thank you." in page.inner_text("h1")
    sheet.refresh_from_db()
    assert sheet.state == "signed"
    page.get_by_role("button", name="Partly").click()
    page.goto("/en/figures/volunteer-hours-total/")
    page.get_by_role("link", name=re.compile("Open the .* records")).first.click()
    expect(page.locator("tbody tr").nth(3)).to_be_attached()
    page.locator("tbody a").first.click()
    expect(page.locator("h1")).to_have_count(1)


def test_search_answers_while_somebody_types(demonstration, visit):
    page = visit("/en/search/")
    page.locator("#q").press_sequentially("ozen")
    page.wait_for_selector("#results .rows")
    assert "river" in page.inner_text("#results").lower()


def test_signing_up_needs_the_code_of_the_letter(demonstration, visit):
    page = visit("/en/accounts/signup/")
    page.locator("[name=email]").fill("somebody@example.org")
    page.locator("[name=password1]").fill("a long enough secret")
    page.locator("main button[type=submit], main form button").first.click()
    letter = Message.objects.filter(to="somebody@example.org").latest("pk")
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", letter.body, re.MULTILINE)[1]
    page.locator("[name=code]").fill(code)
    page.locator("main form button").first.click()
    page.goto("/en/me/data/")
    assert "somebody@example.org" in page.inner_text("main")


def test_the_keyboard_reaches_the_content_first(demonstration, visit):
    page = visit("/en/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_pages_stay_inside_their_weight(demonstration, visit):
    """The budgets of the design, compressed: HTML 15 kB, CSS 10 kB, JavaScript 18 kB."""
    import gzip

    import requests

    page = visit("/en/")
    base = page.url.removesuffix("/en/")

    def weight(path):
        return len(gzip.compress(requests.get(base + path, timeout=20).content))

    assert {p: w for p in PUBLIC if (w := weight(f"/kk{p}")) > 15_000} == {}
    assert weight("/static/tertia.css") < 10_000
    assert weight("/static/django_htmx/htmx-2.min.js") + weight("/static/scripts/tertia.js") < 18_000
