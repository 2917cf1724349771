"""Another country's real figures through the door: its published totals come out, its traps are caught."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from tertia.measure.country.foreign import compare_levels, read_foreign, total
from tertia.measure.indicators.engine.figures import CannotAdd, roll_up

HEBCI = Path(__file__).parent / "hebci"
#: as the README of the data gives them
NUTS2 = {"2014-15": 699_030_000, "2015-16": 660_536_000, "2016-17": 678_505_000, "2017-18": 692_623_000, "2018-19": 724_858_000}


@pytest.fixture(scope="module")
def read():
    return read_foreign(HEBCI)


def codes(found):
    return {p.code for p in found.problems}


def test_the_published_totals_come_out(read):
    wide = read.at("ce_cpd_income", "nuts2")
    assert {p: int(total(wide, p).value) for p in wide.periods} == NUTS2
    fine = read.at("ce_cpd_income", "nuts3")
    assert {p: int(total(fine, p).value) for p in fine.periods} == NUTS2
    england = read.at("ce_cpd_income", "lep")
    assert sum(int(total(england, p).value) for p in england.periods) == 2_954_374_000 < sum(NUTS2.values())
    assert wide.unit == "GBP"


def test_codes_of_two_editions_are_said_and_not_taken_for_an_error(read):
    problems = [p for p in read.problems if p.code == "edition"]
    assert problems and all("UKN0, UKN1" in p.sentence for p in problems) and "parts" not in codes(read)


def test_parts_that_do_not_add_up_are_an_error(read):
    fine = read_foreign(HEBCI).at("ce_cpd_income", "nuts3")
    fine.values[next(k for k in fine.values if k[1] == "2014-15")] += Decimal(1000)
    assert "parts" in {p.code for p in compare_levels(read.at("ce_cpd_income", "nuts2"), fine)}


def test_an_average_that_calls_itself_a_total_is_never_added(read):
    assert "ambiguous" in codes(read)
    with pytest.raises(CannotAdd, match="averages"):
        total(read.at("gbp_turnover_per_active_spinoff", "nuts2"), "2014-15")


def test_levels_and_measures_are_not_mixed(read):
    wide, fine = read.at("ce_cpd_income", "nuts2"), read.at("ce_cpd_income", "nuts3")
    with pytest.raises(CannotAdd):
        roll_up([f for f in wide.figures() if f.period == "2014-15"] * 2, "country")
    with pytest.raises(CannotAdd):
        roll_up([*wide.figures()[:2], *read.at("gbp_turnover_per_active_spinoff", "nuts2").figures()[:2]], "country")
    assert wide.level != fine.level


def test_no_date_no_level_no_description(read):
    said = " ".join(p.sentence for p in read.problems)
    assert "20202002" in said and "gives no level" in said
    bare = read_foreign(HEBCI / "context")
    assert bare.measures == {} and codes(bare) == {"no-description"} and "unit is not known" in bare.problems[0].sentence


def test_zero_is_zero_and_an_area_without_a_row_is_missing(read):
    measure = read.at("ce_cpd_income", "nuts3")
    states = {(f.state, f.value == 0 if f.value is not None else None) for f in measure.figures()}
    assert ("value", True) in states and ("missing", None) in states


def test_a_broken_row_is_left_out_with_its_line(tmp_path):
    for file in HEBCI.glob("ce_cpd_income.nuts2.*"):
        shutil.copy(file, tmp_path)
    file = tmp_path / "ce_cpd_income.nuts2.csv"
    lines = file.read_text().splitlines()
    file.write_text("\n".join([*lines[:2], "2014,UKC2,2013,many", *lines[3:], lines[1]]))
    found = read_foreign(tmp_path)
    assert {p.where for p in found.problems if p.code in ("number", "twice")} == {
        "ce_cpd_income.nuts2.csv, line 3",
        f"ce_cpd_income.nuts2.csv, line {len(lines) + 1}",
    }
    (tmp_path / "ce_cpd_income.nuts2.yaml").write_text("[1, 2")
    assert codes(read_foreign(tmp_path)) == {"description"}


def test_the_command_prints_the_contract(tmp_path):
    def run(*arguments):
        return subprocess.run([sys.executable, "-m", "tertia", "country", "read", *arguments], capture_output=True, text=True, check=False)

    done = run(str(HEBCI), "--level", "nuts2", "--json")
    body = json.loads(done.stdout)
    totals = {m["measure"]: m["totals"] for m in body["measures"]}
    assert totals["ce_cpd_income"]["2018-19"] == "724858000" and totals["gbp_turnover_per_active_spinoff"]["2014-15"] is None
    assert done.returncode == 1 and body["state"] == "invalid"  # the ambiguous table
    assert "ce_cpd_income (nuts2, GBP" in run(str(HEBCI)).stdout
    assert run(str(tmp_path)).returncode == 2
