"""The whole way in a real browser, in Russian and in Kazakh: a need, a strategy adopted with a measure, an agreement signed by a partner
without an account, an activity written on a phone, its attestation, and a filled return."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from docx import Document
from python_calamine import CalamineWorkbook
from tests.browser.test_main_job import complaints_of
from tests.cast import TODAY

from tertia.act.activities.models import Activity, HoursSheet
from tertia.act.partnerships.models import Agreement, Signature
from tertia.core.access.models import Pass
from tertia.core.records.models import Record
from tertia.plan.strategy.models import Measure, Strategy

pytestmark = [pytest.mark.browser, pytest.mark.production, pytest.mark.django_db(transaction=True)]

WORDS = {
    "ru": {
        "strategy": "Университет рядом",
        "mission": "Отвечаем на то, что просят жители.",
        "measure": "Провести 12 курсов казахского для приезжих",
        "agreement": "Вечерние курсы в школе",
        "gives": "Кабинет два вечера в неделю",
        "ours": "Преподаватели и студенты",
        "terms": "Курсы идут с января по май.",
        "activity": "Первый урок казахского",
        "outputs": "14 человек прошли первый урок",
    },
    "kk": {
        "strategy": "Жақын университет",
        "mission": "Тұрғындар сұрағанға жауап береміз.",
        "measure": "Келгендерге 12 қазақ тілі курсын өткізу",
        "agreement": "Мектептегі кешкі курстар",
        "gives": "Аптасына екі кеш бөлме",
        "ours": "Оқытушылар мен студенттер",
        "terms": "Курстар қаңтардан мамырға дейін жүреді.",
        "activity": "Қазақ тілінің алғашқы сабағы",
        "outputs": "14 адам алғашқы сабақтан өтті",
    },
}


@dataclass
class Counted:
    """What somebody does on a form: signs that are typed, and taps (one for each control, one for each choice)."""

    page: Any
    signs: int = 0
    taps: int = 0
    values: list[str] = field(default_factory=list)

    def write(self, name: str, words: str, *, typed: str | None = None) -> None:
        """`typed`: what the fingers type where the control itself sets the rest, as the clock of a phone does."""
        self.page.locator(f"[name={name}]").fill(words)
        self.taps += 1
        self.signs += len(words if typed is None else typed)
        self.values.append(words)

    def seconds(self) -> float:
        """On a phone: 0.4 s for a sign and 1.5 s to find and tap a control, mental preparation included; slow on purpose."""
        return self.signs * 0.4 + self.taps * 1.5

    def in_a_spreadsheet(self) -> tuple[int, int]:
        """Signs and steps for the same record in a row of a sheet: every value is typed, with a step to the next cell."""
        return sum(len(v) for v in self.values), len(self.values)


def become(visit, language, role, **more):
    page = visit(f"/{language}/demonstration/", **more)
    page.locator(f'button[name="as"][value="{role}"]').click()
    return page


def adopted_strategy(visit, language, said) -> Measure:
    page = become(visit, language, "office")
    page.goto(f"/{language}/strategies/new/")
    page.locator(f"[name=title_{language}]").fill(said["strategy"])
    page.locator(f"[name=mission_{language}]").fill(said["mission"])
    page.locator("[name=forms]").first.check()
    page.locator("[name=starts_on]").fill("2026-09-01")
    page.locator("[name=ends_on]").fill("2029-08-31")
    page.locator("main button.main").click()
    need = evening()
    page.locator(f"[name=need][value='{need.pk}']").check()
    page.locator("main form button.button").last.click()
    strategy = Strategy.objects.latest("pk")
    page.goto(f"/{language}/strategies/{strategy.slug}/capacities/")
    assert complaints_of(page) == []
    page.goto(f"/{language}/strategies/{strategy.slug}/priorities/")
    page.locator("[name=title-1]").fill(said["mission"])
    page.locator("main button.main").click()
    page.locator(f"a[href*='measures/new/?strategy={strategy.slug}&from={need.pk}']").click()
    page.locator(f"[name=title_{language}]").fill(said["measure"])
    page.locator("[name=number]").fill("11.1")
    page.locator("[name=starts_on]").fill("2026-10-01")
    page.locator("[name=ends_on]").fill("2027-06-30")
    page.locator("[name=budget]").fill("1 200 000,50")
    page.locator("main button.main").click()
    measure = Measure.objects.get(number="11.1")
    page.goto(f"/{language}/strategies/{strategy.slug}/")
    page.locator("[name=name]").first.fill("Ғылыми кеңес")
    page.locator("button[value=review]").click()
    assert Strategy.objects.get(pk=strategy.pk).state == "draft", "nobody answers for the measure, so it cannot be sent on"
    page.goto(f"/{language}/measures/{measure.slug}/change/")
    page.locator("[name=unit]").select_option(index=2)
    page.locator("[name=target]").fill("12 курс")
    page.locator("main button.main").click()
    page.goto(f"/{language}/strategies/{strategy.slug}/")
    page.locator("[name=name]").first.fill("Ғылыми кеңес")
    page.locator("button[value=review]").click()
    assert Strategy.objects.get(pk=strategy.pk).state == "review", page.inner_text("main")
    leader = become(visit, language, "leader")
    leader.goto(f"/{language}/strategies/{strategy.slug}/")
    leader.locator("button[value=approve]").click()
    leader.locator("[name=decision]").fill("№ 4")
    leader.locator("button[value=adopt]").click()
    assert Strategy.objects.get(pk=strategy.pk).state == "adopted"
    leader.goto(f"/{language}/strategies/{strategy.slug}/")
    leader.go_back()
    assert leader.locator("button[value=adopt]").count() == 0, "it is adopted once"
    paper = page.request.get(f"/{language}/strategies/{strategy.slug}/paper/").body()
    whole = "\n".join([p.text for p in Document(io.BytesIO(paper)).paragraphs])
    assert said["mission"] in whole and said["strategy"] in whole
    table = page.request.get(f"/{language}/strategies/{strategy.slug}/table/").body()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(table)).get_sheet_by_index(0).to_python()
    assert any(said["measure"] in row and 1200000.5 in row for row in rows)
    page.goto(f"/{language}/measures/{measure.slug}/")
    page.locator("button[name=state][value=underway]").click()
    measure.refresh_from_db()
    assert measure.state == "underway" and measure.visibility == "public"
    return measure


def evening() -> Record:
    return next(r for r in Record.objects.filter(kind="need") if r.title.read("en").text.startswith("Evening Kazakh courses"))


def signed_agreement(visit, language, said, measure) -> Agreement:
    page = become(visit, language, "office")
    page.goto(f"/{language}/agreements/new/?from={measure.pk}")
    page.locator(f"[name=title_{language}]").fill(said["agreement"])
    school = measure.owner.__class__.objects.get(slug="demonstration-library")
    page.locator("[name=partner]").select_option(str(school.pk))
    page.locator("[name=form]").select_option("cooperation")
    page.locator("[name=starts_on]").fill(str(TODAY - dt.timedelta(days=10)))
    page.locator("[name=ends_on]").fill("2028-02-29")
    for name, words in (("our_gives", said["ours"]), ("partner_gives", said["gives"]), ("terms", said["terms"])):
        page.locator(f"[name={name}_{language}]").fill(words)
    page.locator("main button.main").click()
    agreement = Agreement.objects.latest("pk")
    page.locator("button[value=offer]").click()
    page.goto(f"/{language}/agreements/{agreement.slug}/")
    page.locator("#sign [name=name]").fill("Проректор")
    page.locator("#sign [name=duty]").fill("проректор")
    page.locator("#sign button[value=sign]").click()
    theirs = Signature.objects.get(term__agreement=agreement, party__organisation=school)
    link = Pass.objects.get(purpose="partnerships.sign", subject_id=theirs.pk)
    phone = visit(f"/{language}/p/{link.token}/", width=360)
    assert complaints_of(phone) == [] and said["terms"] in phone.inner_text("main")
    phone.locator("[name=name]").fill("Директор")
    phone.locator("[name=duty]").fill("директор")
    phone.locator("button[value=sign]").click()
    theirs.refresh_from_db()
    assert theirs.receipt in phone.inner_text("main")
    agreement.refresh_from_db()
    assert agreement.state == "in-force" and agreement.ends_on == dt.date(2028, 2, 29)
    return agreement


def written_activity(visit, language, said, measure, capsys) -> Activity:
    page = become(visit, language, "office", width=360)
    page.goto(f"/{language}/activities/new/?from={measure.pk}")
    one = Counted(page)
    one.write(f"title_{language}", said["activity"])
    one.write("day", str(TODAY - dt.timedelta(days=2)), typed="22")
    one.write("from_time", "10:00", typed="1000")
    one.write("to_time", "12:00", typed="1200")
    one.write(
        "host", {"ru": "Демонстрационная школьная библиотека", "kk": "Демонстрациялық мектеп кітапханасы"}[language], typed="демонстр"
    )
    one.write("lines", "S00012 S00013")
    one.write("reached", "14")
    one.write(f"outputs_{language}", said["outputs"])
    page.locator("main button.main").click()
    one.taps += 2  # the host is chosen from the list, and the button
    made = Activity.objects.latest("pk")
    assert f"/{language}/activities/{made.slug}/" in page.url and made.state == "held"
    # two questions in plain words find the kind
    for _step in range(3):
        choices = page.locator("section.note a.button, section.note button[value=kind]")
        if made.engagement or not choices.count():
            break
        choices.last.click()
        one.taps += 1
        made.refresh_from_db()
    cells = one.in_a_spreadsheet()
    with capsys.disabled():
        print(
            f"\n[{language}] activity on a phone: {one.taps} taps, {one.signs} signs, {one.seconds():.0f} s by count; "
            f"in a spreadsheet {cells[1]} cells, {cells[0]} signs"
        )
    assert made.engagement
    assert one.seconds() <= 90 and one.signs <= cells[0]
    return made


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_from_a_need_to_a_filled_return(demonstration, visit, language, capsys):
    said = WORDS[language]
    measure = adopted_strategy(visit, language, said)
    agreement = signed_agreement(visit, language, said, measure)
    office = become(visit, language, "office")
    before = figure_of(office, language)
    activity = written_activity(visit, language, said, measure, capsys)
    sheet = HoursSheet.objects.get(activity=activity)
    assert sheet.state == "asked"
    assert Record.objects.filter(links_down__lower=activity, kind="agreement").get().pk == agreement.pk
    link = Pass.objects.filter(purpose="activities.attest", subject_id=sheet.pk).latest("pk")
    host = visit(f"/{language}/p/{link.token}/", width=360)
    host.locator("button[value=sign]").click()
    sheet.refresh_from_db()
    assert sheet.state == "signed"
    office.goto(f"/{language}/strategies/{measure.strategy.slug}/")
    row = office.locator("tr", has_text="11.1").inner_text()
    assert re.search(r"\b1\b", row) and "1 200 000" in re.sub(r"\s", " ", row)
    assert figure_of(office, language) == before + 1
    office.goto(f"/{language}/returns/ministry/?period=2026-27")
    assert complaints_of(office) == []
    made = office.request.get(f"/{language}/returns/ministry/file/?period=2026-27").body()
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    cells = [c for name in book.sheet_names for line in book.get_sheet_by_name(name).to_python() for c in line]
    assert said["mission"] in cells
    office.goto(f"/{language}/measures/{measure.slug}/")
    assert said["activity"] in office.inner_text("main")


def figure_of(page: Any, language: str) -> int:
    """Activities held, as the university's own form counts them in the file that is taken along."""
    page.goto(f"/{language}/returns/kpi/?period=2026-27")
    made = page.request.get(f"/{language}/returns/kpi/file/?period=2026-27").body()
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    total = book.get_sheet_by_index(1).to_python()
    return int(next(cell for line in total for cell in line if isinstance(cell, float)))
