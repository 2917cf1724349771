"""The engine: what each outcome is, what is refused, and that four engines give the same table."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.measure.folders import write_folder

from tertia.measure.country.disclosure import counted_of, suppress
from tertia.measure.indicators.engine.catalogue import catalogue
from tertia.measure.indicators.engine.compute import Facts, compute, compute_all, rows_behind, sql_of
from tertia.measure.indicators.engine.definition import BadDefinition, definitions, parse
from tertia.measure.indicators.engine.figures import CannotAdd, roll_up
from tertia.measure.indicators.engine.folder import FactsError

KNOWN = definitions()
Y = "2025-26"
ENGINES = ["duckdb", "sqlite", "postgres", pytest.param("spark", marks=pytest.mark.spark)]
#: a Java of its own takes ten seconds to start; in every run Spark computes the whole catalogue in the specifications
SLOW_SPARK = pytest.param("spark", marks=[pytest.mark.spark, pytest.mark.long])


def define(body: str, key: str = "mine"):
    return parse(body, Path("mine.toml"))[key]


def own(numerator: str, more: str = 'unit = "activities"', denominator: str = ""):
    below = f"denominator = {denominator}\n" if denominator else ""
    return define(f'[mine]\nversion = "1"\n{more}\nnumerator = {numerator}\n{below}')


@pytest.fixture
def facts(tmp_path):
    def write(organisations=("uni",), schema=None, **tables):
        return Facts(write_folder(tmp_path, list(organisations), tables, **(schema or {})))

    return write


def one(facts, definition, period=Y, organisation="uni", **more):
    (figure,) = compute(definition, facts, organisations=[organisation], periods=[period], **more)
    return figure


# outcomes


def test_a_row_stands_for_every_declared_organisation_and_period(facts):
    folder = facts(organisations=("a", "b"), activity=[("a", "2024-25", {"held": True}), ("b", Y, {"held": True})])
    found = {(f.organisation, f.period): f.state for f in compute(KNOWN["public-events-held"], folder)}
    assert found == {("a", "2024-25"): "value", ("a", Y): "missing", ("b", "2024-25"): "missing", ("b", Y): "value"}


def test_declared_periods_stand_even_where_nobody_handed_in(facts):
    folder = facts(schema={"periods": ["2023-24", Y, "2025"]}, activity=[("uni", Y, {"held": True})])
    assert [f.period for f in compute(KNOWN["public-events-held"], folder)] == ["2023-24", Y]


def test_a_partition_without_rows_states_that_there_was_nothing(facts, tmp_path):
    folder = facts(activity=[("uni", Y, {"held": True, "open_to_public": True})])
    empty = tmp_path / "activity/organisation=uni/year=2024-25"
    empty.mkdir()
    table = pq.read_table(next((tmp_path / "activity/organisation=uni/year=2025-26").iterdir()), partitioning=None)
    pq.write_table(table.slice(0, 0), empty / "part.parquet")
    assert [(f.period, f.value, f.state) for f in compute(KNOWN["public-events-held"], Facts(folder.folder.path))] == [
        ("2024-25", 0, "value"), (Y, 1, "value"),
    ]  # fmt: skip


def test_groups_add_up_and_an_unknown_group_is_named(facts):
    rows = [("uni", Y, {"unit": u, "held": True, "signed": s}) for u, s in (("law", True), ("law", False), (None, True), ("", False))]
    folder = facts(activity=rows)
    parts = {f.breakdown: (f.numerator, f.denominator) for f in compute(KNOWN["confirmed-records-share"], folder, dimension="unit")}
    assert parts == {"unit=law": (1, 2), "unit=unknown": (1, 2)}
    assert (one(folder, KNOWN["confirmed-records-share"]).numerator, one(folder, KNOWN["confirmed-records-share"]).denominator) == (2, 4)


def test_two_dimensions_are_sorted_and_their_values_escaped(facts):
    folder = facts(activity=[("uni", Y, {"unit": "a=b;c%", "held": True, "open_to_public": True})])
    found = list(compute_all([KNOWN["public-events-held"]], folder, by=[("unit", "held")]))
    assert [f.breakdown for f in found] == ["", "held=true;unit=a%3Db%3Bc%25"]
    assert len(rows_behind(KNOWN["public-events-held"], folder, "uni", Y, breakdown=found[1].breakdown)) == 1


def test_a_group_of_a_university_without_a_denominator_is_no_row(facts):
    folder = facts(participation=[("uni", Y, {"role": "student", "attested": True, "hours": Decimal(1), "unit": "law"})])
    assert [f.state for f in compute(KNOWN["volunteer-hours-per-student"], folder, dimension="unit")] == ["missing"]


# years


def test_three_kinds_of_year_on_one_record(facts):
    """A day in February 2026 lies in the academic year 2025-26, the calendar year 2026 and, from April, the financial year 2025-26."""
    folder = facts(
        schema={"years": {"financial-year": {"default": "04-01"}}},
        activity=[
            ("uni", Y, {"day": dt.date(2026, 2, 3)}),
            ("uni", Y, {"day": dt.date(2025, 9, 9)}),
            ("uni", Y, {"day": dt.date(2026, 5, 5)}),
        ],
    )
    side = '{ table = "activity", measure = "count" }'
    found = {}
    for kind in ("academic-year", "calendar-year", "financial-year"):
        made = own(side, f'unit = "activities"\nperiod = "{kind}"')
        found[kind] = {f.period: f.numerator for f in compute(made, folder) if f.state == "value"}
    assert found == {"academic-year": {Y: 3}, "calendar-year": {"2025": 1, "2026": 2}, "financial-year": {"2025-26": 2, "2026-27": 1}}


def test_a_university_may_begin_its_year_on_another_day(facts):
    days = [{"day": dt.date(2025, 9, 15)}, {"day": dt.date(2025, 10, 1)}]
    folder = facts(
        organisations=("early", "late"), schema={"years": {"academic-year": {"late": "10-01"}}},
        activity=[(o, "2025", row) for o in ("early", "late") for row in days],
    )  # fmt: skip
    found = {
        (f.organisation, f.period): f.numerator
        for f in compute(own('{ table = "activity", measure = "count" }'), folder)
        if f.state == "value"
    }
    assert found == {("early", Y): 2, ("late", Y): 1, ("late", "2024-25"): 1}


def test_a_late_record_stands_in_the_year_in_which_it_was_booked(facts):
    folder = facts(activity=[("uni", Y, {"day": dt.date(2026, 9, 3)})])
    assert one(folder, own('{ table = "activity", measure = "count" }')).numerator == 1


def test_a_changed_definition_counts_from_its_period(facts):
    made = define(
        '[mine]\nversion = "2"\nsince = "2025-26"\nunit = "activities"\nnumerator = { table = "activity", measure = "count", where = [["held", "is", true]] }\n'
        '[[mine.earlier]]\nversion = "1"\nnumerator = { table = "activity", measure = "count" }\n'
    )
    folder = facts(activity=[("uni", year, {"held": h}) for year in ("2024-25", Y) for h in (True, False)])
    assert [(f.period, f.version, f.numerator) for f in compute(made, folder)] == [("2024-25", "1", 2), (Y, "2", 1)]
    with pytest.raises(CannotAdd, match="versions"):
        roll_up(
            [
                figure.__class__(**{**figure.__dict__, "organisation": f"o{i}", "period": Y})
                for i, figure in enumerate(compute(made, folder))
            ],
            "all",
        )


# refusals


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ('[a]\nversion = "1"\n', 1, "numerator is missing"),
        ('[a]\nversion = "1"\nnumerator = { table = "need" ', 3, "not TOML"),
        ('[a]\nversion = "1"\nnumerator = { table = "need", measure = "average(x)" }', 3, "'average(x)' is not known; write count"),
        ('[a]\nversion = "1"\ncolour = "red"\nnumerator = { table = "need", measure = "count" }', 3, "'colour' is not known"),
        (
            '[a]\nversion = "1"\nunit = "needs"\nnumerator = { table = "need", measure = "count", where = [["state", "like", "x"]] }',
            4,
            "'like'",
        ),
        ('[a]\nversion = "1"\nunit = "needs"\nperiod = "moon"\nnumerator = { table = "need", measure = "count" }', 4, "academic-year"),
        (
            '[a]\nversion = "1"\nunit = "x"\nnumerator = { indicator = "b" }\n[b]\nversion = "1"\nunit = "x"\nnumerator = { indicator = "a" }',
            8,
            "a → b → a",
        ),
        ('[a]\nversion = "1"\nunit = "x"\nnumerator = { indicator = "nowhere" }', 4, "no indicator 'nowhere'"),
        ('[a]\nversion = "1"\nnumerator = { table = "need", measure = "count" }', 1, "unit is missing"),
    ],
)
def test_a_wrong_definition_is_refused_with_file_line_and_remedy(tmp_path, body, line, words):
    file = tmp_path / "mine.toml"
    file.write_text(body)
    with pytest.raises(BadDefinition) as refused:
        definitions(file)
    assert str(refused.value).startswith(f"mine.toml, line {line}") and words in str(refused.value)


@pytest.mark.parametrize(
    ("numerator", "more", "denominator", "words"),
    [
        ('{ table = "need", measure = "sum(money)" }', 'unit = "KZT"', "", "no column 'money'; it has"),
        ('{ table = "moon", measure = "count" }', 'unit = "moons"', "", "no fact table 'moon'; there are"),
        ('{ table = "need", measure = "sum(state)" }', 'unit = "needs"', "", "has no sum; choose a number"),
        ('{ table = "need", measure = "count", where = [["external", "is", "yes"]] }', 'unit = "needs"', "", "can never be met"),
        ('{ table = "need", measure = "count" }', 'unit = "needs"\ndimensions = ["answer"]', "", "'answer' is no dimension"),
        ('{ table = "participation", measure = "count" }', 'unit = "participations"\ndimensions = ["person"]', "", "not persons"),
        ('{ table = "participation", measure = "sum(hours)" }', 'unit = "percent"', '{ table = "activity", measure = "count" }', "hours cannot be divided by activities"),
        ('{ table = "participation", measure = "sum(hours)" }', 'unit = "hours per tenge"', '{ table = "activity", measure = "count" }', "a rate may be per"),
        ('{ table = "participation", measure = "sum(hours)" }', 'unit = "people"', "", "hours are summed"),
        ('{ table = "activity", measure = "count" }', 'unit = "hours"', "", "activities are counted"),
        ('{ table = "activity", measure = "count" }', 'unit = "percent"', "", "needs a denominator"),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_facts_is_refused_with_its_line(facts, numerator, more, denominator, words):
    made = own(numerator, more, denominator)
    with pytest.raises(BadDefinition, match="mine.toml, line 1") as refused:
        list(compute(made, facts(need=[("uni", Y, {})])))
    assert words in str(refused.value)


def test_hours_are_not_divided_by_tenge(facts, tmp_path):
    folder = facts(participation=[("uni", Y, {})])
    folder.folder.tables["activity"].columns["cost"] = type(folder.folder.tables["need"].columns["day"])("cost", "decimal", "KZT")
    made = own('{ table = "participation", measure = "sum(hours)" }', 'unit = "ratio"', '{ table = "activity", measure = "sum(cost)" }')
    with pytest.raises(BadDefinition, match="hours cannot be divided by KZT"):
        list(compute(made, folder))


def test_people_are_not_added_to_days_nor_a_total_to_its_parts(facts):
    folder = facts(
        organisations=("a", "b"),
        activity=[(o, Y, {"unit": "law", "held": True, "open_to_public": True, "signed": True, "partner": "club"}) for o in "ab"],
        need=[("a", Y, {"answer_days": 3})],
    )
    events = list(compute(KNOWN["public-events-held"], folder))
    parts = list(compute(KNOWN["public-events-held"], folder, dimension="unit"))
    assert roll_up(events, "country").numerator == 2
    with pytest.raises(CannotAdd, match="a total and its parts"):
        roll_up([events[0], parts[1]], "country")
    with pytest.raises(CannotAdd, match="twice"):
        roll_up([events[0], events[0]], "country")
    with pytest.raises(CannotAdd, match="different indicators"):
        roll_up([events[0], one(folder, KNOWN["need-first-answer-days"], organisation="b")], "country")
    with pytest.raises(CannotAdd, match="distinct counts are never added"):
        roll_up(list(compute(KNOWN["active-partners"], folder)), "country")


def test_a_group_of_universities_adds_numerators_and_denominators(facts):
    rows = (
        [("a", Y, {"held": True, "signed": True})] * 3
        + [("a", Y, {"held": True, "signed": False})]
        + [("b", Y, {"held": True, "signed": False})] * 6
    )
    folder = facts(organisations=("a", "b", "c"), activity=rows)
    made = roll_up(compute(KNOWN["confirmed-records-share"], folder), "country")
    assert (made.numerator, made.denominator, made.value) == (3, 10, 30)  # not the mean of 75 and 0


def test_a_national_median_is_binned_and_exact_on_one_node(facts):
    days = {"a": (2, 4, 9), "b": (20, 25, None)}
    folder = facts(organisations=("a", "b"), need=[(o, Y, {"answer_days": d}) for o, found in days.items() for d in found])
    figures = list(compute(KNOWN["need-first-answer-days"], folder))
    assert [f.value for f in figures] == [4, 25]
    assert [sum(f.histogram) for f in figures] == [3, 3] and figures[1].histogram[-1] == 1
    made = roll_up(figures, "country", KNOWN["need-first-answer-days"].bins)
    assert made.value == 15  # the middle of 2 4 9 20 25 and one that waits lies in the bin from 7 to 15


def test_publishing_suppresses_few_persons_above_below_and_between(facts):
    def people(organisation, volunteers, students):
        part = [(organisation, Y, {"role": "student", "attested": True, "person": f"p{i}"}) for i in range(volunteers)]
        return part, [(organisation, Y, {"standing": "student", "person": f"p{i}"}) for i in range(students)]

    cases = {"few": (4, 20), "between": (17, 20), "all": (20, 20), "zero": (0, 20), "enough": (5, 20)}
    made = {name: people(name, *case) for name, case in cases.items()}
    part = [row for p, _ in made.values() for row in p] + [("zero", Y, {"role": "staff"})]
    folder = facts(organisations=tuple(cases), participation=part, member=[row for _, m in made.values() for row in m])
    found = {f.organisation: f for f in suppress(compute(KNOWN["student-volunteers-share"], folder), counted_of(KNOWN))}
    assert {k: f.state for k, f in found.items()} == {
        "few": "suppressed",
        "between": "suppressed",
        "all": "value",
        "zero": "value",
        "enough": "value",
    }
    assert (found["few"].numerator, found["few"].denominator, found["few"].value, found["few"].rows) == (None, None, None, 0)


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("schema.json", "{", "not JSON"),
        ("schema.json", "{}", "“organisations” is missing"),
        (
            "schema.json",
            '{"organisations": [], "tables": {"x": {"columns": [{"name": "a", "type": "money"}]}}}',
            "the type 'money' is not known",
        ),
        ("schema.json", '{"organisations": [], "tables": {}, "years": {"moon": {}}}', "academic-year"),
    ],
)
def test_a_folder_that_is_none_is_refused(tmp_path, name, body, words):
    with pytest.raises(FactsError, match="no schema.json"):
        Facts(tmp_path)
    (tmp_path / name).write_text(body)
    with pytest.raises(FactsError, match=words):
        Facts(tmp_path)


def test_money_and_hours_as_floating_point_are_refused(facts, tmp_path):
    facts(participation=[("uni", Y, {"hours": Decimal(1)})])
    file = next(tmp_path.rglob("*.parquet"))
    table = pq.read_table(file, partitioning=None)
    place = table.column_names.index("hours")
    pq.write_table(table.set_column(place, "hours", table.column("hours").cast(pa.float64())), file)
    with pytest.raises(FactsError, match="write decimals"):
        list(compute(KNOWN["volunteer-hours-total"], Facts(tmp_path)))


# four engines

PARTNERS = st.sampled_from([None, "", "club", "museum", "school", "firm", "akimat"])
YEARS = st.sampled_from(["2023-24", "2024-25", Y])
ORGANISATIONS = st.sampled_from(["a", "b"])
HOURS = st.one_of(st.none(), st.decimals(min_value=0, max_value=10**6, places=4))
UNITS = st.sampled_from([None, "law", "math"])
activities = st.fixed_dictionaries({
    "partner": PARTNERS, "partner_kind": st.sampled_from([None, "akimat", "business"]), "held": st.booleans(), "signed": st.booleans(),
    "open_to_public": st.booleans(), "unit": UNITS, "region": st.sampled_from([None, "KZ-71", "KZ-10"]),
})  # fmt: skip
participations = st.fixed_dictionaries({
    "person": st.sampled_from([f"p{i}" for i in range(12)]), "role": st.sampled_from(["student", "staff", "outside"]), "hours": HOURS,
    "hours_claimed": HOURS, "attested": st.booleans(), "unit": UNITS, "partner_kind": st.sampled_from([None, "akimat", "business"]),
    "serves_need": st.booleans(),
})  # fmt: skip
members = st.fixed_dictionaries(
    {"person": st.sampled_from([f"p{i}" for i in range(12)]), "standing": st.sampled_from(["student", "staff"]), "unit": UNITS}
)
needs = st.fixed_dictionaries({
    "external": st.booleans(), "taken_up": st.booleans(), "region": st.sampled_from([None, "KZ-71"]), "answer_days": st.one_of(st.none(), st.integers(0, 400)),
})  # fmt: skip
folders = st.fixed_dictionaries({
    table: st.lists(st.tuples(ORGANISATIONS, YEARS, rows), max_size=25)
    for table, rows in (("activity", activities), ("participation", participations), ("member", members), ("need", needs))
})  # fmt: skip


def all_figures(folder, engine):
    with Facts(folder, engine) as facts:
        return list(compute_all(KNOWN.values(), facts))


#: a table of all figures takes seconds, so of the cases that others get a fifth: 5, and 400 with --long
FEW = settings.default.max_examples // 5


@settings(max_examples=FEW, deadline=None, suppress_health_check=list(HealthCheck))
@given(folders)
def test_generated_facts_give_the_same_table_on_sqlite_and_postgresql(engine_server, tmp_path_factory, tables):
    folder = write_folder(tmp_path_factory.mktemp("generated"), ["a", "b", "c"], tables)
    wanted = all_figures(folder, "duckdb")
    assert all_figures(folder, "sqlite") == wanted
    assert all_figures(folder, "postgres") == wanted


@pytest.mark.spark
@pytest.mark.long  # a minute for each folder; what is counted by hand and the demonstration go through Spark in every run
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(folders)
def test_generated_facts_give_the_same_table_on_spark(tmp_path_factory, tables):
    folder = write_folder(tmp_path_factory.mktemp("generated"), ["a", "b", "c"], tables)
    assert all_figures(folder, "duckdb") == all_figures(folder, "spark")


@settings(max_examples=FEW, deadline=None, suppress_health_check=list(HealthCheck))
@given(folders)
def test_the_rows_always_add_up_to_the_figure(tmp_path_factory, tables):
    """For every figure, numerator and denominator, totals and parts: the rows behind it give it again."""
    folder = write_folder(tmp_path_factory.mktemp("generated"), ["a", "b"], tables)
    with Facts(folder) as facts:
        for figure in compute_all([KNOWN[k] for k in sorted(KNOWN)], facts):
            if figure.state == "missing" or not figure.rows and figure.numerator in (0, None):
                continue
            definition = KNOWN[figure.indicator]
            for side, value in (("numerator", figure.numerator), ("denominator", figure.denominator)):
                chosen = getattr(definition, side)
                if chosen is None or chosen.constant is not None or value is None:
                    continue
                rows = rows_behind(
                    definition, facts, figure.organisation, figure.period, side=side, breakdown=figure.breakdown, limit=10_000
                )
                assert counted(chosen, rows) == value, (figure, side)
                assert side == "denominator" or chosen.measure == "former" or len(rows) == figure.rows


def counted(side, rows):
    """The measure by plain Python over the rows."""
    if side.measure in ("count", "top10"):
        return len(rows)
    values = [row[side.column] for row in rows]
    if side.measure == "sum":
        return sum((v for v in values if v is not None), Decimal(0))
    if side.measure == "tenth":
        return sum((row[side.by] for row in rows if row[side.by] is not None), Decimal(0))
    if side.measure == "median":
        ordered = sorted(v for v in values if v is not None)
        return Decimal(ordered[(len(values) - 1) // 2] + ordered[len(values) // 2]) / 2
    return len({v for v in values if v is not None})


# the command


def test_the_command_prints_the_contract(facts, tmp_path):
    facts(participation=[("uni", Y, {"role": "student", "attested": True, "hours": Decimal("2.5")})])
    run = command("--facts", tmp_path, "--engine", "duckdb", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(run.stdout)))
    assert ",".join(rows[0]) == "indicator,version,organisation,period,breakdown,numerator,denominator,value,unit,state"
    (total,) = [r for r in rows if r["indicator"] == "volunteer-hours-total" and not r["breakdown"]]
    assert (total["numerator"], total["denominator"], total["value"], total["unit"], total["state"]) == (
        "2.5",
        "",
        "2.500000",
        "hours",
        "value",
    )
    assert {r["state"] for r in rows if r["value"] == ""} <= {"missing", "not-applicable"}


@pytest.mark.parametrize("engine", [*ENGINES[1:3], SLOW_SPARK])
def test_the_command_prints_the_same_on_every_engine(facts, tmp_path, engine):
    """Spark answers each indicator in most of a second, and the whole catalogue in the specifications: here it prints four."""
    facts(activity=[("uni", Y, {"held": True, "signed": True, "partner": "club"})], need=[("uni", Y, {"answer_days": 3})])
    few = ("confirmed-records-share", "active-partners", "need-first-answer-days", "volunteer-hours-total") if engine == "spark" else ()
    chosen = ["--facts", tmp_path, *(word for key in few for word in ("--indicator", key))]
    printed = command(*chosen, "--engine", engine).stdout
    assert printed == command(*chosen, "--engine", "duckdb").stdout and printed.count("\n") > 4


def test_the_command_says_what_is_wrong(facts, tmp_path):
    run = command("--facts", tmp_path / "nowhere", check=False)
    assert run.returncode == 2 and "schema.json" in run.stderr
    facts(need=[("uni", Y, {})])
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('[mine]\nversion = "1"\nunit = "needs"\nnumerator = { table = "need", measure = "distinct(colour)" }\n')
    run = command("--facts", tmp_path, "--definitions", wrong, check=False)
    assert run.returncode == 1 and run.stderr.startswith("wrong.toml, line 1, [mine]: the table 'need' has no column 'colour'; it has")


def command(*arguments, check=True):
    return subprocess.run(
        [sys.executable, "-m", "tertia", "indicators", "compute", *map(str, arguments)], capture_output=True, text=True, check=check
    )


# the catalogue


def test_every_definition_is_of_an_indicator_of_the_catalogue():
    assert set(KNOWN) <= set(catalogue()) and len(catalogue()) == 100


def test_the_sql_is_shown(facts):
    assert "SUM" in sql_of(KNOWN["volunteer-hours-total"], facts(participation=[("uni", Y, {})])).upper()


def test_a_folder_of_another_house_needs_only_the_tables_that_it_has(tmp_path):
    (tmp_path / "schema.json").write_text(
        json.dumps({"organisations": ["x"], "tables": {"visit": {"unit": "visits", "columns": [{"name": "day", "type": "date"}]}}})
    )
    part = tmp_path / "visit/organisation=x/year=2025"
    part.mkdir(parents=True)
    pq.write_table(pa.table({"day": pa.array([dt.date(2025, 9, 1), dt.date(2026, 1, 1)])}), part / "any-name.parquet")
    made = own('{ table = "visit", measure = "count" }', 'unit = "visits"')
    assert {f.period: f.numerator for f in compute(made, Facts(tmp_path)) if f.state == "value"} == {Y: 2}
    assert command("--facts", tmp_path).stdout.count("\n") == 1


def odd_folder(out):
    """Facts as other hands write them: no units in the schema, other integer and decimal widths, dictionaries, missing and further columns."""
    kinds = {"record": "int", "day": "date", "person": "text", "role": "text", "hours": "decimal", "hours_claimed": "decimal", "attested": "bool", "unit": "text", "partner_kind": "text", "serves_need": "bool"}  # fmt: skip
    member = {"record": "int", "person": "text", "unit": "text", "standing": "text"}
    tables = {
        name: {"columns": [{"name": c, "type": t} for c, t in columns.items()]}
        for name, columns in (("participation", kinds), ("member", member))
    }
    (out / "schema.json").write_text(json.dumps({"organisations": ["a", "b"], "periods": ["2024-25", Y], "tables": tables}))
    files = {
        "participation/organisation=a/year=2025-26/x.parquet": {
            "record": pa.array([1, 2], pa.int32()), "day": pa.array([dt.datetime(2026, 1, 1), None], pa.timestamp("us")),
            "person": pa.array(["p", "q"]).dictionary_encode(), "role": pa.array(["student", "student"], pa.large_string()),
            "hours": pa.array([Decimal("1.50"), None], pa.decimal128(10, 2)), "hours_claimed": pa.array([3, 4], pa.int64()),
            "attested": pa.array([True, False]), "unit": pa.array(["law", None]), "organisation": pa.array(["a", "a"]),
            "year": pa.array([Y, Y]), "further": pa.array([1.5, 2.5]),
        },
        "participation/organisation=a/year=2025-26/y.parquet": {
            "record": pa.array([3]), "person": pa.array(["p"]), "role": pa.array(["student"]), "hours": pa.array([Decimal("0.123456")], pa.decimal128(20, 6)),
            "hours_claimed": pa.array([Decimal("1.5")], pa.decimal128(5, 1)), "attested": pa.array([True]), "unit": pa.array(["law"]),
        },
        "participation/organisation=stranger/year=2025-26/x.parquet": {"record": pa.array([9]), "role": pa.array(["student"]), "hours": pa.array([Decimal(9)], pa.decimal128(5, 1)), "attested": pa.array([True])},
        "member/organisation=a/year=2025-26/m.parquet": {"record": pa.array([1, 2]), "person": pa.array(["p", "q"]), "unit": pa.array(["law", "law"]), "standing": pa.array(["student"] * 2)},
    }  # fmt: skip
    for path, columns in files.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.table(columns), out / path)
    return out


@pytest.mark.parametrize("engine", [*ENGINES[:3], SLOW_SPARK])
def test_facts_written_by_other_hands_are_read_alike_and_exactly(tmp_path, engine):
    chosen = [
        KNOWN[k]
        for k in ("volunteer-hours-total", "volunteer-hours-per-student", "student-volunteers-share", "volunteer-hours-unconfirmed-share")
    ]
    with Facts(odd_folder(tmp_path), engine) as facts:
        found = {
            (f.indicator, f.organisation, f.period, f.breakdown): (f.numerator, f.denominator, f.state) for f in compute_all(chosen, facts)
        }
    assert {o for _, o, _, _ in found} == {"a", "b"}
    assert found["volunteer-hours-total", "a", Y, ""] == (Decimal("1.623456"), None, "value")
    assert found["volunteer-hours-unconfirmed-share", "a", Y, ""] == (4, Decimal("8.5"), "value")
    assert found["student-volunteers-share", "a", Y, ""] == (1, 2, "value")
    assert found["student-volunteers-share", "a", Y, "unit=unknown"] == (0, 0, "not-applicable")
    assert found["volunteer-hours-total", "b", Y, ""] == (None, None, "missing")
