"""The indicators of a country by SQL written by hand, and the heaviest of them by pandas: the peers of `bench_country`.

Written as somebody would who knows DuckDB and these tables, without Tertia: one pass for each table and breakdown.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

ANSWER_DAYS = ", ".join(
    [
        f"count(*) FILTER (WHERE answer_days > {low} AND answer_days <= {high})"
        for low, high in zip((-1, 0, 1, 3, 7, 15, 30, 60, 90, 180), (0, 1, 3, 7, 15, 30, 60, 90, 180, 365))
    ]
    + ["count(*) FILTER (WHERE answer_days > 365)", "count(*) FILTER (WHERE answer_days IS NULL)"]
)
#: for each table the aggregates of its indicators and the breakdowns that they declare
PASSES = {
    "activity": (
        """count(*), count(*) FILTER (WHERE held), count(*) FILTER (WHERE held AND signed),
           count(DISTINCT partner) FILTER (WHERE held AND signed), count(*) FILTER (WHERE held AND open_to_public),
           count(*) FILTER (WHERE held AND partner_kind = 'akimat'), count(*) FILTER (WHERE held AND partner_kind = 'business'),
           count(DISTINCT partner_kind) FILTER (WHERE held AND signed), count(DISTINCT region) FILTER (WHERE held AND signed)""",
        ["", "unit", "partner_kind"],
    ),
    "participation": (
        """count(*), sum(hours) FILTER (WHERE role = 'student' AND attested), count(*) FILTER (WHERE role = 'student' AND attested),
           sum(hours_claimed) FILTER (WHERE role = 'student'), sum(hours_claimed) FILTER (WHERE role = 'student' AND NOT attested),
           sum(hours) FILTER (WHERE role IN ('student', 'staff') AND attested), sum(hours) FILTER (WHERE role = 'staff' AND attested),
           sum(hours) FILTER (WHERE role = 'student' AND attested AND serves_need),
           count(DISTINCT person) FILTER (WHERE role = 'student' AND attested), count(DISTINCT person) FILTER (WHERE role = 'staff' AND attested)""",
        ["", "unit"],
    ),
    "member": (
        """count(*), count(DISTINCT person) FILTER (WHERE standing = 'student'), count(DISTINCT person) FILTER (WHERE standing = 'staff'),
           count(DISTINCT unit) FILTER (WHERE standing = 'student')""",
        ["", "unit"],
    ),
    "need": (
        f"""count(*), count(*) FILTER (WHERE external), count(*) FILTER (WHERE taken_up),
            quantile_cont(coalesce(answer_days, 100000), 0.5), {ANSWER_DAYS}""",
        ["", "region"],
    ),
    "need_closing": ("count(*), count(*) FILTER (WHERE confirmed)", ["", "region"]),
    "measure": (
        """count(*), count(*) FILTER (WHERE ready), count(*) FILTER (WHERE due), count(*) FILTER (WHERE due AND done_in_time)""",
        ["", "unit"],
    ),
    "recommendation": ("count(*), count(*) FILTER (WHERE addressed AND dated)", [""]),
    "dispatch": (
        f"""count(*), count(*) FILTER (WHERE term_passed), count(*) FILTER (WHERE term_passed AND in_term), count(*) FILTER (WHERE answered),
            count(*) FILTER (WHERE accepted), count(*) FILTER (WHERE sent AND received),
            quantile_cont(coalesce(answer_days, 100000), 0.5) FILTER (WHERE sent), {ANSWER_DAYS.replace("WHERE", "WHERE sent AND")}""",
        ["", "party_kind"],
    ),
}
#: participation by role and kind of partner needs sums only
SUMS = {
    "role": "count(*), sum(hours) FILTER (WHERE role IN ('student', 'staff') AND attested)",
    "partner_kind": """count(*), sum(hours) FILTER (WHERE role = 'student' AND attested), sum(hours_claimed) FILTER (WHERE role = 'student'),
        sum(hours_claimed) FILTER (WHERE role = 'student' AND NOT attested), sum(hours) FILTER (WHERE role IN ('student', 'staff') AND attested),
        sum(hours) FILTER (WHERE role = 'student' AND attested AND serves_need)""",
}
RETURNING = """WITH there AS (SELECT DISTINCT organisation, year, {by} partner FROM activity WHERE held AND signed AND partner IS NOT NULL)
    SELECT a.organisation, a.year, {a} count(*), count(b.partner), count(c.partner) FROM there a
    LEFT JOIN there b ON b.organisation = a.organisation AND b.partner = a.partner {b} AND left(b.year, 4)::INT + 1 = left(a.year, 4)::INT
    LEFT JOIN there c ON c.organisation = a.organisation AND c.partner = a.partner {c} AND left(c.year, 4)::INT + 2 = left(a.year, 4)::INT AND b.partner IS NOT NULL
    GROUP BY ALL"""
BACK = """WITH there AS (SELECT organisation, left(year, 4)::INT AS year, person, bool_or(enrolled_next) AS stays FROM participation
    WHERE role = 'student' AND attested GROUP BY ALL)
    SELECT a.organisation, a.year + 1, count(*) FILTER (WHERE a.stays), count(b.person) FROM there a
    LEFT JOIN there b ON b.organisation = a.organisation AND b.person = a.person AND b.year = a.year + 1 GROUP BY ALL"""
TOP = """SELECT organisation, year, sum(n) FROM (SELECT organisation, year, partner, count(*) n FROM activity WHERE held AND signed GROUP BY organisation, year, partner
    QUALIFY row_number() OVER (PARTITION BY organisation, year ORDER BY n DESC, partner) <= 10) GROUP BY ALL"""
TENTH = """SELECT organisation, year, sum(h) FROM (SELECT organisation, year, person, sum(hours) h FROM participation WHERE role = 'staff' AND attested
    GROUP BY organisation, year, person QUALIFY row_number() OVER (PARTITION BY organisation, year ORDER BY h DESC, person)
    <= ceil(count(*) OVER (PARTITION BY organisation, year) / 10)) GROUP BY ALL"""


def by_sql(folder: Path) -> dict[str, list[Any]]:
    """Every table of the benchmark. Gives the totals of participation for comparing."""
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET memory_limit = '3GB'; SET preserve_insertion_order = false; SET enable_progress_bar = false")
    found: dict[str, list[Any]] = {}
    for table, (aggregates, breakdowns) in PASSES.items():
        connection.execute(
            f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{folder}/{table}/*/*/*.parquet', hive_partitioning = true, hive_types_autocast = false)"
        )
        for by in breakdowns:
            group = f"coalesce({by}, 'unknown')," if by else ""
            found[f"{table}/{by}"] = connection.execute(
                f"SELECT organisation, year, {group} {aggregates} FROM {table} GROUP BY ALL"
            ).fetchall()
    for by, sums in SUMS.items():
        found[f"participation/{by}"] = connection.execute(
            f"SELECT organisation, year, coalesce({by}, 'unknown'), {sums} FROM participation GROUP BY ALL"
        ).fetchall()
    plain = RETURNING.format(by="", a="", b="", c="")
    kinds = RETURNING.format(
        by="partner_kind,", a="a.partner_kind,", b="AND b.partner_kind = a.partner_kind", c="AND c.partner_kind = a.partner_kind"
    )
    for name, sql in (("returning", plain), ("returning/partner_kind", kinds), ("top", TOP), ("tenth", TENTH), ("back", BACK)):
        found[name] = connection.execute(sql).fetchall()
    return found


def by_pandas(folder: Path) -> dict[str, Any]:
    """The four breakdowns of participation and the two of members, which are most of the work."""
    import pandas as pd
    import pyarrow.dataset as ds

    found: dict[str, Any] = {}
    partition = ds.partitioning(flavor="hive")

    def read(table, columns):
        return (
            ds.dataset(folder / table, partitioning=partition, exclude_invalid_files=False)
            .to_table(columns=columns)
            .to_pandas(types_mapper=pd.ArrowDtype)
        )

    rows = read(
        "participation",
        ["organisation", "year", "unit", "partner_kind", "role", "person", "hours", "hours_claimed", "attested", "serves_need"],
    )
    students, staff = rows["role"] == "student", rows["role"] == "staff"
    work = rows.assign(
        signed=rows["hours"].where(students & rows["attested"]), claimed=rows["hours_claimed"].where(students),
        unconfirmed=rows["hours_claimed"].where(students & ~rows["attested"]), offered=rows["hours"].where((students | staff) & rows["attested"]),
        needs=rows["hours"].where(students & rows["attested"] & rows["serves_need"]), volunteer=rows["person"].where(students & rows["attested"]),
        engaged=rows["person"].where(staff & rows["attested"]),
    )  # fmt: skip
    sums = {c: (c, "sum") for c in ("signed", "claimed", "unconfirmed", "offered", "needs")}
    people = {"volunteer": ("volunteer", "nunique"), "engaged": ("engaged", "nunique")}
    for by in ("", "unit"):
        found[f"participation/{by}"] = work.groupby(["organisation", "year", *([by] if by else [])], observed=True).agg(**sums, **people)
    for by in ("role", "partner_kind"):
        found[f"participation/{by}"] = work.groupby(["organisation", "year", by], observed=True).agg(**sums)
    members = read("member", ["organisation", "year", "unit", "person", "standing"])
    members = members.assign(
        student=members["person"].where(members["standing"] == "student"), staff=members["person"].where(members["standing"] == "staff")
    )
    for by in ("", "unit"):
        found[f"member/{by}"] = members.groupby(["organisation", "year", *([by] if by else [])], observed=True).agg(
            student=("student", "nunique"), staff=("staff", "nunique")
        )
    return found
