"""Signs of gaming over the facts of a university. No Django.

A sign is a question for a person, not a verdict: an honest reason is often at hand. Each has its rule in one SQL statement over
the `participation` facts, run on DuckDB; the numbers that it uses are in RULES.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tertia.measure.indicators.engine.compute import Facts

__all__ = ["RULES", "SIGNS", "Sign", "find_signs"]

#: what is still normal; beyond it somebody should ask
RULES = {
    "day_hours": Decimal(16),  # of one person on one day, over all activities
    "slack_minutes": 30,  # by which hours may exceed the length of the activity: coming early, clearing up
    "sheets_at_once": 3,  # different activities signed by one body within one minute; one list of one event is normal
    "copied_people": 5,  # a list of at least so many people that is the same on two days, hours and all
}
_FROM = "FROM fact_participation p WHERE organisation = $organisation"
_SQL = {
    "overlapping-times": """
        SELECT a.activity, b.activity AS other, count(DISTINCT a.person) AS people, max(a.day) AS day
        FROM fact_participation a JOIN fact_participation b
          ON a.organisation = b.organisation AND a.person = b.person AND a.activity < b.activity AND a.starts < b.ends AND b.starts < a.ends
        WHERE a.organisation = $organisation GROUP BY ALL""",
    "longer-than-the-activity": f"""
        SELECT activity, NULL AS other, count(*) AS people, max(day) AS day {_FROM}
          AND coalesce(hours, hours_claimed) * 60 > (ends - starts) + $slack_minutes GROUP BY activity""",
    "too-many-hours-in-a-day": f"""
        SELECT min(activity) AS activity, max(activity) AS other, 1 AS people, day {_FROM} AND person IS NOT NULL
        GROUP BY person, day HAVING sum(coalesce(hours, hours_claimed)) > $day_hours""",
    "many-signed-at-once": f"""
        WITH sheets AS (SELECT DISTINCT sheet, activity, signer, signed, day {_FROM} AND signed IS NOT NULL)
        SELECT a.activity, min(b.activity) AS other, count(DISTINCT b.sheet) + 1 AS people, max(a.day) AS day
        FROM sheets a JOIN sheets b ON a.signer = b.signer AND a.sheet <> b.sheet AND abs(a.signed - b.signed) <= 1
        GROUP BY a.activity HAVING count(DISTINCT b.sheet) + 1 >= $sheets_at_once""",
    "signed-by-the-university-itself": f"""
        SELECT activity, NULL AS other, count(*) AS people, max(day) AS day {_FROM} AND signer_inside GROUP BY activity""",
    "copied-list": f"""
        WITH lists AS (SELECT sheet, activity, max(day) AS day, count(*) AS people,
            string_agg(person || ':' || coalesce(hours, hours_claimed), ',' ORDER BY person) AS list {_FROM} AND person IS NOT NULL GROUP BY sheet, activity)
        SELECT a.activity, min(b.activity) AS other, max(a.people) AS people, max(a.day) AS day
        FROM lists a JOIN lists b ON a.list = b.list AND a.sheet <> b.sheet AND a.day <> b.day
        WHERE a.people >= $copied_people GROUP BY a.activity""",
    "not-on-the-list": f"""
        SELECT activity, NULL AS other, count(*) AS people, max(day) AS day {_FROM} AND role = 'student' AND person IS NOT NULL AND NOT EXISTS
          (SELECT 1 FROM fact_member m WHERE m.organisation = p.organisation AND m.year = p.year AND m.person = p.person) GROUP BY activity""",
}
SIGNS = tuple(_SQL)


@dataclass(frozen=True)
class Sign:
    """What was seen: an activity (and another where two are compared), how many people or sheets, and the day."""

    kind: str
    activity: int
    other: int | None
    people: int
    day: Any


def find_signs(facts: Facts, organisation: str) -> list[Sign]:
    """Every sign of a university, by kind and then the latest first. Raises ValueError on another engine than DuckDB."""
    if facts.source.name != "duckdb":
        raise ValueError("signs are looked for on DuckDB")
    for name in ("participation", "member"):
        facts.source.table(name)
    connection = facts.source.connection.con
    found = []
    for kind, sql in _SQL.items():
        given = {"organisation": organisation, **{k: v for k, v in RULES.items() if f"${k}" in sql}}
        rows = connection.execute(sql, given).fetchall()
        found += sorted((Sign(kind, a, o, n, d) for a, o, n, d in rows), key=lambda s: (s.day is not None, s.day, s.activity), reverse=True)
    return found
