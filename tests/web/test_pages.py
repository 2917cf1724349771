"""The shell: languages, headers, errors, query counts, bad input that loses nothing."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from tests.cast import (
    TODAY,
    make_activity,
    make_conversation,
    make_dispatch,
    make_measure,
    make_need,
    make_opportunity,
    make_resolution,
    make_sheet,
    text,
)
from tests.web.test_matrix import signed_in

from tertia.core.messages.models import Message
from tertia.listen.needs.actions import ask_for_answer
from tertia.listen.needs.models import Need
from tertia.listen.proposals.actions import propose
from tertia.plan.conferences.models import Resolution


def test_the_bare_address_leads_to_the_reader_s_language(client, world):
    assert client.get("/", headers={"accept-language": "ru"}).url == "/ru/"
    assert client.get("/", headers={"accept-language": "fr"}).url == "/en/"


def test_the_language_switch_keeps_the_page_and_its_filters(client, world):
    page = client.get("/en/needs/?state=answered").content.decode()
    assert 'href="/kk/needs/?state=answered"' in page
    assert 'href="/ru/needs/?state=answered"' in page
    missing = client.get("/en/needs/nothing-of-this-name/?a=/en/").content.decode()
    assert 'href="/kk/needs/nothing-of-this-name/?a=/en/"' in missing  # the error too is read in one's own language


def test_strict_headers_without_inline_code(client, world):
    answer = client.get("/en/")
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy
    page = answer.content.decode()
    assert not re.search(r"<script(?![^>]*src=)", page)
    assert not re.search(r"\sstyle=|<style|\son\w+=", page)
    assert "http://" not in re.sub(r'xmlns="[^"]+"|http://127.0.0.1:8000/', "", page)  # its own address, which search engines want whole


def test_errors_are_pages_that_say_what_to_do_in_the_reader_s_language(client, world):
    answer = client.get("/en/needs/nothing-of-this-name/")
    assert answer.status_code == 404
    assert "There is no such page for you" in answer.content.decode()


def test_300_mb_are_refused_before_they_are_read(world):
    client = signed_in(world, "office")
    answer = client.generic(
        "POST", "/en/resolutions/read/", b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(300 * 2**20)
    )
    assert answer.status_code == 413
    assert "300 MB" in answer.content.decode()


LISTS = [
    "/en/",
    "/en/needs/",
    "/en/conversations/",
    "/en/moderation/",
    "/en/surveys/",
    "/en/needs/priorities/",
    "/en/proposals/",
    "/en/needs/who-answers/",
    "/en/measures/",
    "/en/activities/?past",
    "/en/calendar/?month=2026-11",
    "/en/agreements/",
    "/en/projects/",
    "/en/start-ups/",
    "/en/network/",
    "/en/offers/",
    "/en/practice/",
    "/en/strategies/",
    "/en/volunteering/",
    "/en/study/",
    "/en/resolutions/",
    "/en/conferences/",
    "/en/answers/",
    "/en/organisations/",
    "/en/figures/",
    "/en/figures/closed/",
    "/en/targets/",
    "/en/involvement/",
    "/en/country/",
    "/en/reports/",
    "/en/listen/",
    "/en/plan/",
    "/en/act/",
    "/en/measure/",
    "/en/tell/",
    "/en/search/?q=river",
]


def _rows(world, n):
    for i in range(n):
        need = make_need(world, f"Need {n}{i} of the river", raised_on=TODAY - dt.timedelta(days=60))
        ask_for_answer(by=world.office, need=need, party=world.akimat, on=TODAY - dt.timedelta(days=60))
        resolution = make_resolution(world, slug=f"r{n}{i}")
        make_dispatch(world, resolution, on=TODAY - dt.timedelta(days=60), body=world.akimat)
        measure = make_measure(world, resolution.recommendations.first(), words=f"Measure {n}{i}")
        make_sheet(world, make_activity(world, measure, words=f"River {n}{i}"), people=2)
        make_opportunity(world, measure, words=f"River bank {n}{i}", shifts=2)
        make_conversation(world, words=f"Which bridge {n}{i}?")
        propose(by=world.citizen, owner=world.university, title=text(f"Bridge {n}{i}"), words=text("Build it."), on=TODAY)


def _count(client, page):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)


def test_every_list_costs_the_same_at_one_and_three_rows(world):
    _rows(world, 1)
    public, office = Client(), signed_in(world, "office")
    one = {page: _count(public, page) for page in LISTS}
    today = _count(office, "/en/today/")
    _rows(world, 2)
    assert {page: _count(public, page) for page in LISTS} == one
    assert _count(office, "/en/today/") == today
    assert min(one.values()) >= 2 and max(one.values()) <= 24, one


def test_a_record_s_page_costs_the_same_with_one_and_three_steps_below(world):
    measure = make_measure(world)
    make_sheet(world, make_activity(world, measure), people=1)
    client = Client()
    page = f"/en/measures/{measure.slug}/"
    one = _count(client, page)
    for i in range(2):
        make_sheet(world, make_activity(world, measure, words=f"More {i}"), people=3)
    assert _count(client, page) == one


def test_what_somebody_typed_stays_when_the_form_is_refused(client, world):
    page = client.post("/en/needs/new/", {"title_en": "", "summary_en": "A long story", "concerned": "many"}).content.decode()
    assert "A long story" in page
    assert 'value="many"' in page
    assert "Write it in at least one language." in page
    assert Need.objects.count() == 0


def test_a_need_is_raised_without_an_account(client, world):
    page = client.post("/kk/needs/new/", {"title_kk": "Пандус жоқ"})
    assert page.status_code == 200
    need = Need.objects.get()
    assert (str(need.title), need.title.original, need.visibility, need.author) == ("Пандус жоқ", "kk", "office", None)


def test_a_resolution_is_read_corrected_and_saved(world):
    client = signed_in(world, "office")
    text = (
        "RESOLUTION\nThe conference, 5 May 2025, recommends to universities:\n1. to open libraries in the evening;\n2. to publish a report."
    )
    page = client.post("/en/resolutions/read/", {"text": text}).content.decode()
    assert "2 recommendations were found" in page
    given = dict(re.findall(r'<input type="hidden" name="((?:group|marker|lead_in|addressee|start|end|depth)-\d+)" value="([^"]*)"', page))
    body = {
        "source": text,
        "count": "5",
        "title": "",
        "adopted_on": "2025-05-05",
        "language": "en",
        "addressees": "universities",
        "text-0": "to open all libraries;",
        "keep-0": "on",
        "text-1": "to publish a report.",
        "text-2": "to invite employers.",
        "keep-2": "on",
        **given,
    }
    refused = client.post("/en/resolutions/save/", body)
    assert refused.status_code == 400
    assert "Write the title of the resolution." in refused.content.decode()
    assert "to open all libraries;" in refused.content.decode()
    assert Resolution.objects.count() == 0
    saved = client.post("/en/resolutions/save/", {**body, "title": "On libraries"}, follow=True)
    assert saved.status_code == 200
    resolution = Resolution.objects.get()
    assert [str(r.title) for r in resolution.recommendations.order_by("position")] == ["to open all libraries;", "to invite employers."]
    assert resolution.source_text == text


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.docx", b"PK\x03\x04 broken", "damaged"),
        ("a.pdf", b"%PDF-1.4 broken", "damaged"),
        ("a.bin", b"\x00\x01", "not text"),
        ("a.txt", b" ", "no text"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(world, name, data, words):
    from django.core.files.uploadedfile import SimpleUploadedFile

    page = signed_in(world, "office").post("/en/resolutions/read/", {"file": SimpleUploadedFile(name, data)})
    assert page.status_code == 200
    assert words in page.content.decode()


def test_an_addressee_answers_through_the_link_without_an_account(client, world):
    resolution = make_resolution(world)
    dispatch = make_dispatch(world, resolution)
    first, second = [r.pk for r in resolution.recommendations.order_by("position")]
    page = f"/en/p/{dispatch.link.token}/"
    assert "2 recommendations wait for your answer" in client.get(page).content.decode()
    refused = client.post(
        page,
        {
            "do": "answers",
            f"state-{first}": "declined",
            f"words-{first}": "",
            f"state-{second}": "accepted",
            f"words-{second}": "Gladly <b>",
        },
    )
    assert refused.status_code == 400
    assert "a refusal needs its reason" in refused.content.decode()
    assert "Gladly &lt;b&gt;" in refused.content.decode()
    done = client.post(
        page, {"do": "answers", f"state-{first}": "declined", f"words-{first}": "Not ours.", f"state-{second}": "accepted"}, follow=True
    )
    assert "Your answers are on record" in done.content.decode()
    public = client.get(f"/en/resolutions/{resolution.slug}/").content.decode()
    assert "Not ours." in public


def test_a_revoked_link_is_a_page_that_says_so(client, world):
    from tertia.plan.conferences.actions import revoke_link

    dispatch = make_dispatch(world, make_resolution(world))
    revoke_link(by=world.office, dispatch=dispatch)
    answer = client.get(f"/en/p/{dispatch.link.token}/")
    assert answer.status_code == 403
    assert "taken back by the university" in answer.content.decode()


def test_a_host_signs_on_one_page_and_gets_a_receipt(client, world):
    sheet = make_sheet(world, people=2)
    page = f"/en/p/{sheet.link.token}/"
    assert "Were these 2 people with you?" in client.get(page).content.decode()
    first, second = [p.pk for p in sheet.participations.all()]
    bad = client.post(
        page, {"do": "sign", f"with-{first}": "on", f"hours-{first}": "four", f"with-{second}": "on", f"hours-{second}": "99"}
    )
    assert bad.status_code == 400
    assert 'value="four"' in bad.content.decode()
    done = client.post(
        page, {"do": "sign", f"with-{first}": "on", f"hours-{first}": "3,5", f"hours-{second}": "4"}, follow=True
    ).content.decode()
    assert "Confirmed. Thank you." in done
    assert "You signed 3.5 hours" in done
    again = client.post(page, {"do": "sign", f"with-{first}": "on"})
    assert again.status_code == 403


def test_a_figure_opens_to_exactly_the_rows_that_make_it(client, world):
    from tertia.act.activities.actions import attest_hours
    from tertia.core.actions.actor import Actor
    from tertia.measure.indicators.actions import choose_indicator
    from tertia.measure.indicators.nightly import recompute

    for words, people in (("Signed", 3), ("Not signed", 2)):
        sheet = make_sheet(world, make_activity(world, words=words), people=people)
        if words == "Signed":
            attest_hours(by=Actor.holding(sheet.link), sheet=sheet, changes={}, absent=set())
    choose_indicator(by=world.office, owner=world.university, catalogue_id="volunteer-hours-total")
    recompute(world.university, TODAY)
    assert "12.0" in client.get("/en/figures/volunteer-hours-total/").content.decode()
    page = signed_in(world, "office").get("/en/figures/volunteer-hours-total/records/?period=2026-27").content.decode()
    assert "3 records behind the figure" in page
    page = client.get("/en/figures/volunteer-hours-total/records/?period=2026-27").content.decode()
    assert "1 record behind the figure" in page  # the public sees the activity, once
    assert "Student" not in page


def test_letters_of_sign_in_go_through_the_outbox(client, world):
    client.post("/en/accounts/signup/", {"email": "new@example.org", "password1": "a long enough secret"})
    assert Message.objects.filter(to="new@example.org").count() == 1


def test_a_theme_is_kept_with_the_account(world):
    client = signed_in(world, "member")
    client.post("/en/me/theme/", {"theme": "dark"})
    assert 'data-theme="dark"' in client.get("/en/").content.decode()
    client.post("/en/me/theme/", {"theme": "purple"})
    assert 'data-theme="dark"' in client.get("/en/").content.decode()


def test_a_unit_is_added_on_the_first_day(world):
    client = signed_in(world, "administrator")
    client.post("/kk/first-day/", {"name_kk": "Тарих факультеті"})
    assert world.university.units.filter(slug__startswith="uni-tarih").count() == 1
    assert "Тарих факультеті" in client.get("/kk/first-day/").content.decode()
