"""A self-assessment of the demonstration by TEFCE in two years: judged from inside and outside, decided in a dialogue, published."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from tertia.core.actions.actor import Actor
from tertia.core.languages.text import Text
from tertia.core.periods import clock
from tertia.core.periods.years import Period
from tertia.demonstration.cast import SYSTEM, Cast
from tertia.demonstration.content import load, text
from tertia.measure.involvement.actions import Decided, decide, invite, judge, open_assessment, publish
from tertia.measure.involvement.framework import frameworks
from tertia.measure.involvement.models import Assessment

__all__ = ["assess"]

#: who judges: name of the duty, for whom, from outside
ASSESSORS = (
    ("coordinator", "demonstration-eco-club", True), ("officer", "demonstration-district-akimat", True), ("board member", "demonstration-chamber", True),
    ("student", "demonstration-university", False), ("teacher", "demonstration-university", False),
)  # fmt: skip


def assess(cast: Cast, years: list[Period], day: dt.date, seed: int) -> None:
    """The closed years by TEFCE; the last one by Carnegie too, which is still open."""
    pick = random.Random(seed + 5)
    for year in years[:-1]:
        on = min(year.end + dt.timedelta(days=40), day - dt.timedelta(days=5))
        with clock.at(on, 10):
            made = open_assessment(by=SYSTEM, owner=cast.university, framework="tefce", period=year.label, demonstration=True)
            _judged(cast, made, on, pick)
            _decided(cast, made, on, pick)
            publish(by=cast.actor("leader", on), assessment=made)
    with clock.at(day, 8):
        made = open_assessment(by=SYSTEM, owner=cast.university, framework="carnegie", period=years[-2].label, demonstration=True)
        _judged(cast, made, day, pick, 2)


def _judged(cast: Cast, made: Assessment, on: dt.date, pick: random.Random, most: int = 9) -> None:
    framework = frameworks()[made.framework]
    proposed = {(c.row, c.column): c.proposed for c in made.cells.all()}
    for name, body, outsider in ASSESSORS[:most]:
        assessor = invite(
            by=SYSTEM, assessment=made, name=name, speaks_for=str(cast.bodies[body].name), outsider=outsider, language="ru"
        )  # fmt: skip
        levels = {}
        for cell in framework.cells:
            if pick.random() < 0.8:
                middle = (proposed[cell] or 2) - (1 if outsider and pick.random() < 0.5 else 0)
                levels[cell] = min(max(middle + pick.choice((-1, 0, 0, 0, 1)), 1), len(framework.levels))
        judge(by=Actor.holding(assessor.link), assessor=assessor, levels=levels, on=on)


def _decided(cast: Cast, made: Assessment, on: dt.date, pick: random.Random) -> None:
    """The middle of what was judged; five cells stay open, because nobody knew enough."""
    content: dict[str, Any] = load("involvement")
    cells = {}
    for n, cell in enumerate(made.cells.order_by("pk")):
        given = sorted(made.judgements.filter(row=cell.row, column=cell.column).values_list("level", flat=True))
        if given and n % 7 != 6:
            level = given[(len(given) - 1) // 2]
            cells[cell.row, cell.column] = Decided(level, text(content["reason"]) if cell.proposed and level != cell.proposed else Text({}))
    decide(
        by=cast.actor("office", on), assessment=made, held_on=on, insiders=4, outsiders=3, present=content["present"], minutes=text(content["minutes"]), cells=cells
    )  # fmt: skip
