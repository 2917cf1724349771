"""One entry, all returns: declared mappings fill outside forms; what stays empty is told; a wrong mapping is refused with its line."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from docx import Document
from python_calamine import CalamineWorkbook
from tests.act.test_partnerships import make_signed
from tests.cast import TODAY, make_activity, make_measure, make_sheet
from tests.web.test_matrix import signed_in

from tertia.act.activities.actions import Details, attest_hours, change_activity
from tertia.act.partnerships.actions import answer_assessment
from tertia.act.partnerships.models import Assessment
from tertia.core.actions.actor import Actor
from tertia.core.languages.text import Text
from tertia.core.money.actions import write_money
from tertia.tell.returns.fill import fill
from tertia.tell.returns.mapping import DATA, BadMapping, Mapping, mapping, mappings

YEAR = "2026-27"


@pytest.fixture
def year(world):
    """An agreement, a signed activity under it with outside people, money of the partner, and what it says."""
    agreement = make_signed(world, starts=TODAY.replace(month=9, day=1))
    sheet = make_sheet(world, make_activity(world, make_measure(world)))
    activity = sheet.activity
    change_activity(
        by=world.office, activity=activity, title=activity.title, starts_at=activity.starts_at, ends_at=activity.ends_at, host=activity.host, unit=activity.unit, open_to_public=True,
        details=Details(engagement="lecture", reached=120, staff_days=Decimal("2.5")),
    )  # fmt: skip
    attest_hours(by=Actor.holding(sheet.link), sheet=sheet, changes={}, absent=set())
    write_money(
        by=world.office, record=activity, kind="income", category="consultancy", amount=Decimal("500000"), on=TODAY, source=world.akimat
    )
    write_money(
        by=world.office, record=agreement, kind="kind-in", category="premises", amount=Decimal("90000.50"), on=TODAY, source=world.partner
    )
    one = Assessment.objects.get(party=world.partner)
    answer_assessment(by=world.actor("partner"), assessment=one, met="yes", again="yes", good=Text({}), change=Text({}), on=TODAY)
    return agreement


def cells(filled):
    return {(part.title, label): [c.words or c.why for c in row] for part in filled.parts for label, row in part.rows}


def test_every_mapping_that_comes_along_is_right_and_in_three_languages():
    found = mappings()
    assert set(found) == {"kpi", "hebci", "carnegie", "stars", "the", "ministry"}
    for one in found.values():
        assert isinstance(one, Mapping), one
        for part in one.parts:
            for words in (part.title, *part.columns, *(r.label for r in part.rows)):
                assert set(words) == {"en", "ru", "kk"}, words


def test_one_activity_fills_the_table_of_business_and_community(world, year):
    told = cells(fill(mapping(DATA / "hebci.toml"), world.university, YEAR))
    assert told["5 Public events", "Talks and shows"] == ["1", "120", "2.5"]
    assert told["2a Contract research, advice, facilities", "Advice to public and third sector"] == ["1", "500,000"]
    assert told["2a Contract research, advice, facilities", "Advice to business"] == ["0", "0"], "a counted zero where sums are kept"
    assert "keeps no register" in told["4 Intellectual property and spin-outs", "Disclosures, patents, licences, spin-outs"][0]


def test_the_grid_of_partners_names_them_and_opens_to_the_records(world, year):
    filled = fill(mapping(DATA / "carnegie.toml"), world.university, YEAR)
    grid = filled.parts[0]
    assert [label for label, _cells in grid.rows] == ["The Club"]
    words = [c.words for c in grid.rows[0][1]]
    assert words[:5] == ["1", "12", "3", "1", "90,000.5"]
    office = signed_in(world, "office")
    page = office.get(f"/en/returns/carnegie/?period={YEAR}").content.decode()
    assert "The Club" in page and "Write it in one sentence for each partner." in page
    behind = office.get(f"/en/returns/carnegie/behind/partner-activities/?period={YEAR}&of=partner%3Dclub").content.decode()
    assert "River clean-up" in behind
    assert office.get(f"/en/returns/carnegie/behind/nothing/?period={YEAR}").status_code == 404


def test_at_most_three_public_links_and_none_of_what_is_not_public(world, year):
    for n in range(4):
        make_signed(world, words=f"Agreement {n}")
    make_signed(world, words="Secret one", public=False)
    filled = fill(mapping(DATA / "the.toml"), world.university, YEAR)
    links = next(p for p in filled.parts if p.title.startswith("17 Relationships"))
    assert len(links.rows) == 3 and "Secret one" not in [label for label, _c in links.rows]
    assert all(c.words.startswith("http") for _l, row in links.rows for c in row)


def test_what_stays_empty_is_listed_with_the_reason_on_the_page_and_in_the_file(world, year):
    office = signed_in(world, "office")
    for language, empty in (("en", "What stays empty"), ("ru", "Что остаётся пустым"), ("kk", "Бос қалатыны")):
        book = CalamineWorkbook.from_filelike(io.BytesIO(office.get(f"/{language}/returns/ministry/file/?period={YEAR}").content))
        assert empty in book.sheet_names
        rows = book.get_sheet_by_name(empty).to_python()
        assert any("миссия" in str(r).lower() or "mission" in str(r).lower() for r in rows)
        paper = Document(io.BytesIO(office.get(f"/{language}/returns/carnegie/file/?period={YEAR}").content))
        assert any("The Club" in cell.text for t in paper.tables for row in t.rows for cell in row.cells)
    assert office.get("/en/returns/").status_code == 200
    assert (
        Client().get("/en/returns/ministry/").status_code == 302
        and signed_in(world, "citizen").get("/en/returns/ministry/").status_code == 404
    )


def test_a_year_without_records_gives_no_zero(world):
    told = cells(fill(mapping(DATA / "kpi.toml"), world.university, "2022-23"))
    assert told["Whole", "Activities held"] == ["no such record was kept in the period"]


GOOD = """
title = { en = "Form" }
source = "ours"
period = "academic-year"
[[part]]
title = { en = "Part" }
columns = [{ en = "Value" }]
[[part.row]]
label = { en = "Row" }
cells = ["held"]
"""
CELLS = """
[held]
version = "1"
unit = "count"
numerator = { table = "activity", measure = "count" }
"""


def _written(tmp_path: Path, text: str, cells: str = CELLS) -> Path:
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    file.with_name("own.cells.toml").write_text(cells, encoding="utf-8")
    return file


def test_a_university_s_own_form_is_read_from_its_folder(world, year, settings, tmp_path):
    settings.HOME = tmp_path
    (tmp_path / "returns").mkdir()
    _written(tmp_path / "returns", GOOD)
    (tmp_path / "returns" / "broken.toml").write_text("title = 3", encoding="utf-8")
    office = signed_in(world, "office")
    page = office.get("/en/returns/").content.decode()
    assert "Form" in page and "broken.toml, line 1" in page
    assert office.get(f"/en/returns/own/?period={YEAR}").status_code == 200


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('cells = ["held"]', 'cells = ["heldd"]', 10, "'heldd' is not defined"),
        ('cells = ["held"]', 'cells = ["held", "held"]', 9, "1 columns and 2 cells"),
        ('period = "academic-year"', 'period = "moon"', 4, "'moon' is not known"),
        ('source = "ours"', 'sauce = "ours"', 3, "'sauce' is not known"),
        ('source = "ours"', "source = ", 3, "this is not TOML"),
        ('label = { en = "Row" }', 'label = "Row"', 9, "label is written as"),
        ('cells = ["held"]', "cells = [{ magic = 1 }]", 10, "a cell is the name of a definition"),
        ("[[part.row]]", "[[part.wow]]", 8, "'wow' of a part is not known"),
        ('columns = [{ en = "Value" }]', 'columns = [{ en = "Value" }]\nlinks = { kinds = [] }', 8, "links are written as"),
    ],
)
def test_a_wrong_mapping_is_refused_with_its_line(tmp_path, old, new, line, said):
    with pytest.raises(BadMapping) as refused:
        mapping(_written(tmp_path, GOOD.replace(old, new)))
    assert (refused.value.line, said in refused.value.sentence) == (line, True), str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('measure = "count" }', 'measure = "guess" }', 5, "is not known"),
        ('version = "1"', 'version = "1"\nperiod = "calendar-year"', 2, "counts by calendar-year"),
        ('unit = "count"', 'unit = "count"\nwrong = 1', 5, "'wrong' is not known"),
    ],
)
def test_a_wrong_cell_is_refused_with_its_line(tmp_path, old, new, line, said):
    with pytest.raises(BadMapping) as refused:
        mapping(_written(tmp_path, GOOD, CELLS.replace(old, new)))
    assert refused.value.file.name == "own.cells.toml" and (refused.value.line, said in refused.value.sentence) == (line, True), str(
        refused.value
    )
