"""Regional statistics out of files: what is read, what is said not to be, and what has to be known before comparing."""

from __future__ import annotations

import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tertia.core.files.sheets import SheetOut, write_book
from tertia.listen.region.checks import Value, borders_of, comparable_since, growth, notes_of
from tertia.listen.region.places import gazetteer
from tertia.listen.region.series_file import Reading, StatisticsUnreadable, read_statistics

pytestmark = pytest.mark.once
POPULATION = Path(__file__).parents[3] / "src/tertia/demonstration/data/kazpop_2000_2023.csv"


def written(folder: Path, body: str | bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(body if isinstance(body, bytes) else body.encode())
    return path


def of(reading: Reading) -> dict[tuple[str, int], Any]:
    return {(f.place, f.year): f.value for f in reading.figures}


def values(reading: Reading) -> list[Value]:
    return [Value(f.place, f.year, f.value, f.state) for f in reading.figures]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Республика Казахстан ", "KZ"), ("Туркестанская 1", "KZ-61"), ("г. Шымкент", "KZ-79"), ("Абай", "KZ-10"), ("Жетісу", "KZ-33"), ("Jambyl", "KZ-31"), ("Jetisu Region", "KZ-33"),
        ("Turkistan", "KZ-61"), ("Karaganda", "KZ-35"), ("Almaty city", "KZ-75"), ("Almaty Region", "KZ-19"), ("Алматинская область", "KZ-19"), ("Алматы қаласы", "KZ-75"),
        ("Алматы облысы", "KZ-19"), ("Нур-Султан", "KZ-71"), ("СКО", "KZ-59"), ("Южно-Казахстанская", "KZ-YUZ"), ("KZ-10", "KZ-10"), ("Итого", "KZ"), ("население", None), ("", None), (12, None),
    ],
)  # fmt: skip
def test_regions_as_offices_write_them(cell, code):
    assert gazetteer().find(cell) == code


def test_the_population_of_the_country_and_what_has_to_be_said_of_it():
    read = read_statistics(POPULATION)
    found = of(read)
    assert (found["KZ", 2000], found["KZ", 2010], found["KZ", 2022], found["KZ", 2023]) == (14901641, 16203274, 19503159, 19766807)
    assert len(read.figures) == 421 and not read.unread
    notes = notes_of(values(read), adds=True)
    assert {n.code for n in notes} == {"border", "restated"}  # the regions add up in all years, and none is missing
    borders = borders_of(values(read))
    assert {(b.child, b.parent, b.year) for b in borders} == {
        ("KZ-10", "KZ-63", 2022),
        ("KZ-33", "KZ-19", 2022),
        ("KZ-62", "KZ-35", 2022),
        ("KZ-79", "KZ-61", 2017),
    }
    almaty = {y: v for (p, y), v in found.items() if p == "KZ-19"}
    assert growth(almaty, "KZ-19", borders) == (2022, 2023, Decimal("1.9"))  # never from 2,077,967 to 1,478,496
    assert comparable_since("KZ-71", borders) == 0 and growth({2022: Decimal(1)}, "KZ-10", borders) is None


LONG = """REF_AREA;TIME_PERIOD;OBS_VALUE;OBS_STATUS;UNIT_MEASURE
KZ;2024;100;A;people
KZ-71;2024;60;A;people
KZ-75;2024;41;I;people
KZ-71;2030;70;F;people
KZ-75;2030;;M;people
Атлантида;2024;1;A;people
KZ-79;soon;1;A;people
KZ-79;2024;many;A;people
KZ-71;2024;61;A;people
KZ-11;2024;1;Q;people
"""


def test_sdmx_with_every_state_and_fault(tmp_path):
    read = read_statistics(written(tmp_path, LONG))
    assert [(f.place, f.year, int(f.value), f.state) for f in read.figures] == [
        ("KZ", 2024, 100, "measured"), ("KZ-71", 2024, 60, "measured"), ("KZ-75", 2024, 41, "imputed"), ("KZ-71", 2030, 70, "projected"), ("KZ-11", 2024, 1, "measured"),
    ]  # fmt: skip
    assert {(u.line, u.code) for u in read.unread} == {
        (6, "missing"),
        (7, "unknown-place"),
        (8, "no-year"),
        (9, "not-a-number"),
        (10, "twice"),
        (11, "unknown-status"),
    }
    notes = {n.code: n for n in notes_of(values(read), adds=True) if n.code not in ("missing-place",)}
    assert (
        notes["not-adding-up"].value == Decimal(2)
        and notes["projected"].year == 2030
        and notes["imputed"].value == 1
        and notes["no-total"].year == 2030
    )


def test_years_as_columns_in_a_workbook_below_a_title(tmp_path):
    rows = [
        ["Население, на начало года", None, None],
        [None, 2021, 2022],
        ["Республика Казахстан", 10, 12],
        ["Алматинская", 10.5, "7 000"],
        ["Жетісу", "–", "4428,5"],
        ["Всего чего-то", 1, 1],
    ]
    path = written(tmp_path, write_book([SheetOut("A", [(str(c or ""), 9) for c in rows[0]], rows[1:])]), "a.xlsx")
    read = read_statistics(path)
    assert of(read) == {
        ("KZ", 2021): 10,
        ("KZ", 2022): 12,
        ("KZ-19", 2021): Decimal("10.5"),
        ("KZ-19", 2022): 7000,
        ("KZ-33", 2022): Decimal("4428.5"),
    }
    assert {(u.line, u.code) for u in read.unread} == {(5, "missing"), (6, "unknown-place")}


def test_a_table_of_one_year_needs_the_year_and_tells_its_columns(tmp_path):
    path = written(tmp_path, "Region,cars,crimes\nAbai Region,7.1,2306\nWest Kazakhstan Region,168.3,2306\n")
    with pytest.raises(StatisticsUnreadable) as refused:
        read_statistics(path)
    assert refused.value.code == "no-years"
    read = read_statistics(path, year=2023)
    assert list(read.names) == ["cars", "crimes"]
    crimes = [v for v, f in zip(values(read), read.figures) if f.name == "crimes"]
    told = {n.code: n for n in notes_of(crimes, adds=False)}
    assert (told["same-twice"].place, told["same-twice"].other) == ("KZ-10", "KZ-27") and told["one-year"].year == 2023


def test_a_figure_in_another_unit_than_the_rest_is_told():
    rows = [
        Value(f"KZ-{c}", 2023, Decimal(v)) for c, v in zip((11, 15, 19, 23, 27, 31, 35, 39, 10), (168, 132, 483, 98, 111, 203, 150, 140, 7))
    ]
    assert [n.place for n in notes_of(rows, adds=False) if n.code == "far-off"] == ["KZ-10"]


def test_a_frictionless_package_keeps_its_own_rules(tmp_path):
    package = {
        "resources": [
            {"name": "p", "path": "data/p.csv", "dialect": {"delimiter": "|"}, "schema": {"missingValues": ["", "нет"], "fields": []}},
            {"name": "gone", "path": "../../etc/passwd"},
        ]
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("datapackage.json", json.dumps(package))
        archive.writestr("data/p.csv", "region|year|value\nАстана|2020|5\nАлматы|2020|нет\nШымкент|2020|6\n")
    read = read_statistics(written(tmp_path, buffer.getvalue(), "p.zip"))
    assert of(read) == {("KZ-71", 2020): 5, ("KZ-79", 2020): 6} and [u.code for u in read.unread] == ["missing"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "no-places"),
        (b"a,b\n1,2\n", "no-places"),
        ("region,x\nАстана,\nАлматы,\n", "no-years"),
        ("region,2020\nАстана,a\nАлматы,b\n", "no-values"),
        (b"PK\x03\x04rubbish", "damaged"),
    ],
)
def test_what_is_no_table_of_regions_is_refused_with_a_reason(tmp_path, body, code):
    with pytest.raises(StatisticsUnreadable) as refused:
        read_statistics(written(tmp_path, body))
    assert refused.value.code == code


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [
                    "Астана",
                    "Алматы",
                    "KZ-10",
                    "2020",
                    "2021",
                    "year",
                    "region",
                    "value",
                    "5",
                    "x",
                    "",
                    "1e5",
                    "5,5",
                    "nan",
                    "²",
                    "OBS_STATUS",
                ]
            ),
            max_size=5,
        ),
        max_size=8,
    )
)
def test_no_table_crashes_the_reader(tmp_path, rows):
    path = written(tmp_path, "\n".join(",".join(r) for r in rows))
    try:
        read = read_statistics(path)
    except StatisticsUnreadable:
        return
    notes_of(values(read), adds=True)
    assert all(f.place and 1800 <= f.year <= 2199 for f in read.figures)
