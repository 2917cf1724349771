"""The engine: printed tables in, hand-counted figures out; missing, zero and not applicable are three things."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import tomllib
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tertia.core.facts.declare import FACTS
from tertia.measure.facts.export import arrow_schema, schema_body
from tertia.measure.indicators.engine.compute import Facts, compute, rows_behind, sql_of
from tertia.measure.indicators.engine.definition import BadDefinition, catalogue, definitions

KNOWN = definitions()
BLANK = {
    "participation": {"record": 0, "sheet": 1, "activity": 1, "day": None, "unit": "law", "person": "p", "role": "student", "hours_claimed": Decimal(4), "hours": Decimal(4), "attested": True, "partner": "club", "partner_kind": "nonprofit"},
    "member": {"record": 0, "day": None, "person": "p", "unit": "law", "standing": "student"},
    "activity": {"record": 0, "day": None, "unit": "law", "held": True, "open_to_public": False, "partner": "club", "partner_kind": "nonprofit", "signed": True, "serves_need": False, "region": "KZ-71"},
    "need": {"record": 0, "day": None, "external": True, "state": "raised", "taken_up": False, "closed_by_asker": False, "region": None, "answer_days": None},
}  # fmt: skip


@pytest.fixture
def facts(tmp_path):
    """`facts(participation=[("uni", "2025-26", {...}), …])` as the folder that the export writes."""

    def write(organisations=("uni",), **tables):
        (tmp_path / "schema.json").write_text(json.dumps({**schema_body(), "organisations": list(organisations)}))
        for name, rows in tables.items():
            for number, (organisation, year, row) in enumerate(rows):
                folder = tmp_path / name / f"organisation={organisation}" / f"year={year}"
                folder.mkdir(parents=True, exist_ok=True)
                full = {**BLANK[name], "record": number + 1, **row}
                pq.write_table(pa.Table.from_pylist([full], schema=arrow_schema(FACTS[name])), folder / f"{number}.parquet")
        return Facts(tmp_path)

    return write


def one(facts, name, period="2025-26", organisation="uni"):
    (figure,) = compute(KNOWN[name], facts, organisations=[organisation], periods=[period])
    return figure


Y = "2025-26"


def test_hours_are_summed_exactly_and_only_when_signed(facts):
    rows = [
        ("uni", Y, {"hours": Decimal("0.1")}),
        ("uni", Y, {"hours": Decimal("0.2")}),
        ("uni", Y, {"hours": None, "attested": False}),
        ("uni", Y, {"role": "staff", "hours": Decimal(9)}),
    ]
    figure = one(facts(participation=rows), "volunteer-hours-total")
    assert (figure.value, figure.state, figure.rows) == (Decimal("0.300000"), "value", 2)


def test_nothing_handed_in_is_missing_and_not_zero(facts):
    assert one(facts(organisations=("uni", "other"), participation=[("other", Y, {})]), "volunteer-hours-total").state == "missing"


def test_rows_that_meet_no_condition_are_a_counted_zero(facts):
    figure = one(facts(participation=[("uni", Y, {"attested": False, "hours": None})]), "volunteer-hours-total")
    assert (figure.state, figure.value) == ("value", 0)


def test_a_zero_denominator_is_not_applicable(facts):
    figure = one(facts(activity=[("uni", Y, {"held": False})]), "confirmed-records-share")
    assert (figure.state, figure.value, figure.denominator) == ("not-applicable", None, 0)


def test_a_share_counts_people_once(facts):
    rows = [("uni", Y, {"person": p}) for p in ("a", "a", "b")]
    members = [("uni", Y, {"person": p}) for p in ("a", "b", "c")]
    figure = one(facts(participation=rows, member=members), "student-volunteers-share")
    assert (figure.numerator, figure.denominator, figure.value) == (2, 3, Decimal("66.666667"))


def test_groups_add_numerators_and_denominators_and_an_unknown_group_is_named(facts):
    rows = [("uni", Y, {"unit": "law"}), ("uni", Y, {"unit": "law", "signed": False}), ("uni", Y, {"unit": None})]
    folder = facts(activity=rows)
    parts = {f.breakdown: (f.numerator, f.denominator) for f in compute(KNOWN["confirmed-records-share"], folder, dimension="unit")}
    assert parts == {"unit=law": (1, 2), "unit=unknown": (1, 1)}
    total = one(folder, "confirmed-records-share")
    assert (total.numerator, total.denominator) == (2, 3)


def test_the_rows_behind_a_figure_add_up_to_it(facts):
    folder = facts(participation=[("uni", Y, {"hours": Decimal(n), "unit": u}) for n, u in ((1, "law"), (2, "law"), (4, None))])
    for breakdown, wanted in (("", 7), ("unit=law", 3), ("unit=unknown", 4)):
        rows = rows_behind(KNOWN["volunteer-hours-total"], folder, "uni", Y, breakdown=breakdown)
        assert sum(r["hours"] for r in rows) == wanted


def test_a_row_stands_for_every_organisation_and_period(facts):
    folder = facts(organisations=("a", "b"), activity=[("a", "2024-25", {}), ("b", "2025-26", {})])
    found = {(f.organisation, f.period): f.state for f in compute(KNOWN["public-events-held"], folder)}
    assert found == {("a", "2024-25"): "value", ("a", "2025-26"): "missing", ("b", "2024-25"): "missing", ("b", "2025-26"): "value"}


def test_the_sql_is_shown(facts):
    assert "SUM" in sql_of(KNOWN["volunteer-hours-total"], facts(participation=[("uni", Y, {})])).upper()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('[a]\nversion = "1"\n', "numerator"),
        ('[a]\nversion = "1"\nnumerator = { table = "need", measure = "average(x)" }', "average"),
        ('[a]\nversion = "1"\ncolour = "red"\nnumerator = { table = "need", measure = "count" }', "colour"),
        ('[a]\nversion = "1"\nnumerator = { table = "need", measure = "count", where = [["state", "like", "x"]] }', "like"),
    ],
)
def test_a_wrong_definition_is_refused_with_its_file_and_remedy(tmp_path, body, words):
    file = tmp_path / "mine.toml"
    file.write_text(body)
    with pytest.raises(BadDefinition) as refused:
        definitions(file)
    assert str(refused.value).startswith("mine.toml, [a]: ") and words in str(refused.value)


def test_an_unknown_column_is_refused(tmp_path, facts):
    file = tmp_path / "mine.toml"
    file.write_text('[a]\nversion = "1"\nnumerator = { table = "need", measure = "sum(money)" }')
    with pytest.raises(BadDefinition, match="no column 'money'"):
        list(compute(definitions(file)["a"], facts(need=[("uni", Y, {})])))


def test_every_definition_is_of_an_indicator_of_the_catalogue():
    assert set(KNOWN) <= set(catalogue())
    assert len(catalogue()) == 100


def test_the_command_prints_the_contract(facts, tmp_path):
    facts(participation=[("uni", Y, {"hours": Decimal("2.5")})])
    run = subprocess.run(
        [sys.executable, "-m", "tertia", "indicators", "compute", "--facts", tmp_path, "--engine", "duckdb", "--format", "csv"],
        capture_output=True,
        text=True,
        check=True,
    )
    rows = list(csv.DictReader(io.StringIO(run.stdout)))
    assert list(rows[0]) == [
        "indicator",
        "version",
        "organisation",
        "period",
        "breakdown",
        "numerator",
        "denominator",
        "value",
        "unit",
        "state",
    ]
    (total,) = [r for r in rows if r["indicator"] == "volunteer-hours-total" and not r["breakdown"]]
    assert (total["value"], total["unit"], total["state"]) == ("2.500000", "hours", "value")
    run = subprocess.run(
        [sys.executable, "-m", "tertia", "indicators", "compute", "--facts", tmp_path / "nowhere"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2 and "schema.json" in run.stderr


def test_the_catalogue_reads_as_toml():
    body = tomllib.loads((Path(__file__).parents[2] / "src/tertia/measure/indicators/data/catalogue.toml").read_text())
    assert len(body["indicator"]) == 100
