"""A study answers a need, and the akimat confirms what it did with it: in Russian at a desk, in Kazakh on a phone, and by a link without JavaScript."""

from __future__ import annotations

import pytest
from tests.browser.test_from_need_to_return import become
from tests.browser.test_main_job import complaints_of
from tests.cast import TODAY

from tertia.core.access.models import Pass
from tertia.core.periods import clock
from tertia.listen.needs.models import Need
from tertia.listen.research.models import Study, StudyUse
from tertia.measure.indicators.models import Figure
from tertia.measure.indicators.nightly import recompute

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


def used_share(university):
    return Figure.objects.get(indicator__owner=university, indicator__catalogue_id="studies-used-share", period="2026", breakdown="")


def narrow(page):
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert complaints_of(page) == []


def test_a_study_answers_a_need_and_the_akimat_confirms_its_use(visit, demonstration):
    university = demonstration.university
    before = used_share(university)
    need = next(n for n in Need.objects.all() if "ramp" in n.title.read("en").text.lower())

    # from the page of the need the office registers a study on it
    office = become(visit, "ru", "office")
    office.goto(f"/ru/needs/{need.slug}/")
    office.get_by_role("link", name="Записать исследование об этом").click()
    assert complaints_of(office) == []
    office.locator("[name=title_ru]").fill("Пандусы города: 40 входов")
    office.locator("[name=summary_ru]").fill("Из 40 входов 31 недоступен на коляске.")
    office.locator("[name=place]").select_option(str(university.place_id))
    office.locator("[name=starts_on]").fill("2026-02-01")
    office.locator("[name=finished_on]").fill("2026-10-01")
    office.locator("[name=authors]").fill("Invented, Aigerim")
    office.locator("main form button.main").click()
    study = Study.objects.get(links_up__upper=need)
    assert study.state == "finished" and study.summarised_on is None, "a summary counts when it stands in Kazakh too"

    office.locator("summary", has_text="Сказать, что с ним сделали").click()
    form = office.locator("form:has(button[value=use])")
    form.locator("[name=body]").select_option(label="Демонстрационный акимат")
    form.locator("[name=words_ru]").fill("Пандусы внесены в план ремонта")
    form.locator("[name=document]").fill("План ремонта на 2027 год, пункт 12")
    form.locator("[name=on]").fill("2026-11-20")
    form.locator("button[value=use]").click()
    use = StudyUse.objects.get(study=study)
    assert use.state == "asked" and "ещё не подтверждено" in office.inner_text("main") and complaints_of(office) == []

    # the officer of the akimat finds it on a phone under Today, and says that it is so
    akimat = become(visit, "kk", "akimat", width=360)
    akimat.goto("/kk/today/")
    akimat.get_by_role("link", name="Пандусы города").click()
    narrow(akimat)
    akimat.locator("input[name=so][value=yes]").check()
    akimat.locator("[name=words_kk]").first.fill("Жоспарға енгізілді")
    akimat.locator("button[value=answer]").click()
    use.refresh_from_db()
    assert use.state == "confirmed" and "ұйым растады" in akimat.inner_text("main")
    narrow(akimat)

    # everybody reads it, and finds it among what was used
    for language in ("kk", "ru", "en"):
        page = visit(f"/{language}/research/?used=yes", width=360)
        assert study.get_absolute_url().split("/")[-2] in page.content()
        narrow(page)
    with clock.at(TODAY, 23):
        recompute(university, TODAY, ["2026"])
    after = used_share(university)
    assert (after.numerator, after.denominator) == (before.numerator + 1, before.denominator + 1)


def test_a_body_without_an_account_and_without_javascript_answers_by_its_link(visit, demonstration):
    use = StudyUse.objects.get(state="asked")
    held = Pass.objects.get(purpose="research.use", subject_id=use.pk)
    page = visit(f"/ru/p/{held.token}/", width=360, javascript=False)
    assert use.document in page.inner_text("main")
    page.locator("input[name=so][value=no]").check()
    page.locator("main form button").click()
    assert use.document in page.inner_text("main"), "a no needs its reason; nothing is lost"
    page.locator("[name=words_ru]").fill("Собрание этого не решало")
    page.locator("input[name=so][value=no]").check()
    page.locator("main form button").click()
    use.refresh_from_db()
    assert use.state == "denied" and "это не так" in page.inner_text("main")


def test_the_region_in_figures_reads_on_a_phone_without_javascript(visit, demonstration):
    page = visit("/kk/region/series/population/", width=360, javascript=False)
    assert "Салыстырмас бұрын" in page.inner_text("main") and "19" in page.inner_text("main")
    page = visit("/ru/region/series/population/?year=2010", width=1280)
    assert "ещё не образована" in page.content() and complaints_of(page) == []
    page = visit("/ru/region/KZ-71/", width=360)
    narrow(page)
    page = visit("/ru/research/questions/", width=360)
    narrow(page)
