"""A confirmed study becomes a story in three languages, a newspaper writes of it, and the piece is tied: at a desk, on a phone, and without JavaScript."""

from __future__ import annotations

import pytest
from tests.browser.test_from_need_to_return import become
from tests.browser.test_main_job import complaints_of
from tests.browser.test_research import narrow

from tertia.core.records.models import Link
from tertia.listen.research.models import StudyUse
from tertia.tell.channels.models import Subscriber, Telling
from tertia.tell.mentions.models import Mention
from tertia.tell.mentions.rounds import hold_beside_records
from tertia.tell.stories.models import Story

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


def test_a_study_becomes_a_story_in_three_languages_and_a_mention_is_tied(visit, demonstration):
    study = StudyUse.objects.filter(state="confirmed").select_related("study").first().study
    office = become(visit, "ru", "office")
    office.goto("/ru/" + study.get_absolute_url().split("/", 2)[2])
    office.get_by_role("link", name="Рассказать").click()
    assert complaints_of(office) == []
    office.locator("[name=title_ru]").fill("Автобусы пойдут позже: что показало исследование")
    office.locator("[name=summary_ru]").fill("Исследование дошло до решения города.")
    office.locator("[name=body_ru]").fill("Пассажиров считали **три месяца**.")
    office.wait_for_timeout(900)
    office.reload()  # as if the browser had been closed in the middle
    assert office.locator("[data-kept]").is_visible(), "what was written is offered again"
    office.locator("[data-back]").click()
    assert office.locator("[name=body_ru]").input_value() == "Пассажиров считали **три месяца**."
    office.locator("main form button.main").click()
    story = Story.objects.get(title__ru__text="Автобусы пойдут позже: что показало исследование")
    assert story.links_up.get(relation="tells").upper_id == study.pk

    # the other languages, each beside the original; the draft is kept on the server while it is changed
    for code, words in (
        ("kk", ("Автобус кешірек жүреді", "Зерттеу қала шешіміне жетті.", "Жолаушылар үш ай саналды.")),
        ("en", ("Buses will run later", "A study reached the city.", "Three months.")),
    ):
        office.goto(f"/ru/stories/{story.slug}/translate/{code}/")
        assert "Пассажиров считали" in office.inner_text("main") and complaints_of(office) == []
        for name, value in zip(("title", "summary", "body"), words, strict=True):
            office.locator(f"[name={name}]").fill(value)
        office.locator("main form button.main").click()
    office.goto(f"/ru/stories/{story.slug}/")
    assert not office.evaluate("Object.keys(localStorage).filter(k => k.startsWith('tertia-text')).length"), (
        "what has arrived is not kept any longer"
    )
    office.locator("button[value=send]").click()
    leader = become(visit, "kk", "leader", width=360)
    leader.goto(f"/kk/stories/{story.slug}/")
    narrow(leader)
    leader.locator("button[value=publish]").click()
    story.refresh_from_db()
    assert story.state == "published" and Telling.objects.filter(story=story, verb="out").count() == 1
    for language, words in (("kk", "Жолаушылар үш ай саналды."), ("ru", "три месяца"), ("en", "Three months.")):
        page = visit(f"/{language}/stories/{story.slug}/", width=360, javascript=False)
        assert words in page.inner_text("main")

    # the newspaper writes; the press officer notes it on a phone, without JavaScript
    phone = become(visit, "ru", "office", width=360, javascript=False)
    phone.goto("/ru/mentions/new/")
    phone.locator("[name=new_outlet]").fill("Городская газета (demo)")
    phone.locator("[name=title]").fill("Автобусы пойдут позже: университет посчитал пассажиров")
    phone.locator("[name=address]").fill("https://gazeta.example.org/bus")
    phone.locator("[name=words]").fill("Исследование показало, сколько людей ждут вечерний автобус.")
    phone.locator("main form button.main").click()
    mention = Mention.objects.get(outlet__name="Городская газета (demo)")
    assert mention.state == "kept"
    hold_beside_records()
    phone.goto(f"/ru/mentions/{mention.slug}/")
    row = phone.locator("li", has_text="Автобусы пойдут позже: что показало исследование").first
    row.locator("button[value=yes]").click()
    assert Link.objects.filter(lower=mention, upper=story, relation="speaks-of").exists()
    page = visit(f"/kk/stories/{story.slug}/", width=360)
    assert "университет посчитал пассажиров" in page.inner_text("main")
    narrow(page)
    for address in ("/ru/mentions/desk/", "/ru/mentions/untold/", "/ru/mentions/outlets/", "/ru/channels/", "/ru/neighbours/", "/ru/site/"):
        office.goto(address)
        assert complaints_of(office) == [], address


def test_a_reader_asks_for_the_newsletter_on_a_phone_without_javascript(visit, demonstration):
    page = visit("/kk/newsletter/", width=360, javascript=False)
    page.locator("[name=email]").fill("reader@example.org")
    page.locator("main form button.main").click()
    assert "Поштаңызды қараңыз" in page.inner_text("main")
    reader = Subscriber.objects.get(email="reader@example.org")
    page.goto(f"/kk/newsletter/confirm/{reader.token}/")
    page.locator("main form button.main").click()
    reader.refresh_from_db()
    assert reader.confirmed_at is not None
    page.goto(f"/newsletter/leave/{reader.token}/")
    page.locator("main form button.main").click()
    reader.refresh_from_db()
    assert reader.email == ""


def test_the_site_of_a_university_reads_on_a_cheap_phone(visit, demonstration):
    for language in ("kk", "ru"):
        for address in (
            f"/{language}/u/{demonstration.university.slug}/",
            f"/{language}/u/{demonstration.university.slug}/press/",
            f"/{language}/mentions/",
            f"/{language}/newsletter/",
        ):
            page = visit(address, width=360)
            narrow(page)
    frame = visit("/ru/embed/stories/", width=360, javascript=False)
    assert (
        "В реке на сорок мешков меньше" in frame.inner_text("main")
        and frame.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    )
