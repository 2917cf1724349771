"""A teacher and a dean agree an assignment in a real browser: offered, changed, offered back, agreed; work is confirmed, counted, and printed."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import pytest
from docx import Document
from tests.browser.test_from_need_to_return import become
from tests.browser.test_main_job import complaints_of
from tests.cast import TODAY

from tertia.core.periods import clock
from tertia.measure.indicators.models import Figure
from tertia.measure.indicators.nightly import recompute
from tertia.plan.faculty.models import Assignment

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]


def share(university, catalogue_id):
    return Figure.objects.get(indicator__owner=university, indicator__catalogue_id=catalogue_id, period="2026-27", breakdown="")


def test_a_teacher_and_a_dean_agree_an_assignment(visit, demonstration):
    university = demonstration.university
    before = share(university, "staff-with-assignment-share")
    teacher = become(visit, "kk", "teacher", width=360)
    teacher.goto("/kk/today/")
    assert "Тапсырмалар сіздің сөзіңізді күтуде" in teacher.inner_text("main")
    teacher.locator("section:has-text('Тапсырмалар сіздің сөзіңізді күтуде') a.button").first.click()
    made = Assignment.objects.get(person__account__email="teacher@demonstration.invalid", starts_on=dt.date(2026, 9, 1))
    assert made.state == "offered" and complaints_of(teacher) == []

    # the teacher does not agree as it is, but writes one function more and offers it back
    teacher.locator("button[value=up]").click()
    form = teacher.locator("#line")
    form.locator("[name=function]").select_option("lecture")
    form.locator("[name=what]").fill("Кітапханадағы ашық дәрістер")
    form.locator("[name=times]").fill("2")
    form.locator("button[value=line]").click()
    assert made.lines.get(function="lecture").hours == Decimal(12), "two talks of six hours by the norm"
    assert complaints_of(teacher) == []
    teacher.locator("button[value=offer]").click()
    assert teacher.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0

    # the dean finds it among what waits, and agrees
    dean = become(visit, "ru", "editor")
    dean.goto("/ru/faculty/?state=waiting")
    dean.locator(f"a[href='/ru/faculty/assignments/{made.pk}/']").click()
    assert "Кітапханадағы ашық дәрістер" in dean.inner_text("main") and complaints_of(dean) == []
    dean.locator("button[value=agree]").click()
    made.refresh_from_db()
    assert made.state == "agreed" and made.versions.get().head.account.email == "editor@demonstration.invalid"

    # what is not proven is said, on the page and on paper
    teacher.reload()
    assert "Растау жоқ." in teacher.inner_text("main") and "келісілген" in teacher.inner_text("main")
    plan = teacher.request.get(teacher.url + "plan.pdf").body()
    assert plan[:5] == b"%PDF-" and len(plan) > 10_000
    report = Document(io.BytesIO(teacher.request.get(teacher.url + "report.docx").body()))
    cells = [cell.text for table in report.tables for row in table.rows for cell in row.cells]
    assert "РАСТАУ ЖОҚ" in cells and any("Кітапханадағы ашық дәрістер" in cell for cell in cells)

    dean.goto("/ru/faculty/load/?unit=economics")
    assert made.person.name in dean.inner_text("main") and complaints_of(dean) == []
    with clock.at(TODAY, 23):
        recompute(university, TODAY)
    after = share(university, "staff-with-assignment-share")
    assert (after.numerator, after.denominator) == (before.numerator + 1, before.denominator), "one more of the staff has an assignment"
