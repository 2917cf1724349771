"""Opening a self-assessment, inviting assessors, judging, deciding in a dialogue, publishing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.access.actions import issue_pass
from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import OFFICE, holder, itself, one_of, roles
from tertia.core.languages.text import Text
from tertia.core.periods.years import period as period_of
from tertia.core.records.actions import move
from tertia.core.records.models import Visibility
from tertia.measure.indicators.models import Figure
from tertia.measure.involvement.framework import Framework, frameworks, propose
from tertia.measure.involvement.models import PURPOSE, Assessment, Assessor, Cell, Dialogue, Judgement

__all__ = ["Decided", "decide", "invite", "judge", "open_assessment", "publish"]

CellId = tuple[str, str]


@dataclass(frozen=True)
class Decided:
    """What a dialogue gave a cell; the reason is needed where it differs from what records propose."""

    level: int
    reason: Text


def _framework(assessment: Assessment) -> Framework:
    return frameworks()[assessment.framework]


@action("involvement.open", may=roles(*OFFICE, of="owner.pk"))
def open_assessment(*, by: Any, owner: Any, framework: str, period: str, demonstration: bool = False) -> Assessment:
    """Begin: every cell gets the level that the figures of the period propose, with the figures beside it."""
    found = frameworks().get(framework)
    if found is None:
        raise BadInput(Fault("framework", _("There is no such framework.")))
    try:
        span = period_of(period)
    except ValueError as error:
        raise BadInput(Fault("period", _("Write an academic year, such as 2026-27."))) from error
    slug = f"{framework}-{period}"
    if Assessment.objects.filter(owner=owner, slug=slug).exists():
        raise BadInput(Fault("period", _("This framework was opened for this year already.")))
    made = Assessment(
        owner=owner, framework=framework, framework_version=found.version, period=period, slug=slug, number=period, title=Text.of("en", **dict(found.title.words)),
        starts_on=span.start, ends_on=span.last_day, visibility=Visibility.OFFICE, author=by.person, demonstration=demonstration,
    )  # fmt: skip
    made.save()
    rows = Figure.objects.filter(indicator__owner=owner, period=period, breakdown="", state="value").select_related("indicator")
    values = {f.indicator.catalogue_id: f.value for f in rows if f.value is not None}
    Cell.objects.bulk_create(
        [
            Cell(
                assessment=made, row=row, column=column, proposed=p.level,
                evidence=[{"indicator": e.indicator, "value": str(e.value), "level": e.level} for e in p.evidence],
            )
            for (row, column), p in propose(found, values).items()
        ]
    )  # fmt: skip
    return made


@action("involvement.invite", may=roles(*OFFICE, of="assessment.owner_id"), about="assessment")
def invite(
    *, by: Any, assessment: Assessment, name: str, speaks_for: str = "", outsider: bool = False, person: Any = None, language: str = "ru"
) -> Assessor:  # fmt: skip
    """Ask somebody to judge: a person with an account, or anybody by a link without one."""
    require_state(assessment, "open")
    if not name.strip():
        raise BadInput(Fault("name", _("Write the name.")))
    made = Assessor(assessment=assessment, person=person, name=name.strip(), speaks_for=speaks_for.strip(), outsider=outsider)
    made.save()
    if person is None:
        made.link = issue_pass(
            by=by, purpose=PURPOSE, issued_by=assessment.owner, subject_id=made.pk, record=assessment, holder_name=name.strip(), language=language, single_use=False,
        )  # fmt: skip
        made.save()
    return made


@action("involvement.judge", may=one_of(holder(PURPOSE, of="assessor"), itself("assessor.person_id")), about="assessor")
def judge(*, by: Any, assessor: Assessor, levels: Mapping[CellId, int], on: dt.date) -> Assessor:
    """Keep what one assessor gives; judging again replaces it. A cell that is left out is not judged."""
    assessment = lock(assessor.assessment)
    require_state(assessment, "open")
    framework = _framework(assessment)
    known, highest = set(framework.cells), len(framework.levels)
    if not levels or any(cell not in known or not 1 <= level <= highest for cell, level in levels.items()):
        raise BadInput(Fault("levels", _("Choose a level of at least one row.")))
    Judgement.objects.filter(assessor=assessor).delete()
    Judgement.objects.bulk_create(
        [Judgement(assessment=assessment, assessor=assessor, row=r, column=c, level=level) for (r, c), level in levels.items()]
    )  # fmt: skip
    assessor.judged_on = on
    assessor.save()
    return assessor


@action("involvement.decide", may=roles(*OFFICE, of="assessment.owner_id"), about="assessment")
def decide(
    *, by: Any, assessment: Assessment, held_on: dt.date, insiders: int, outsiders: int, present: str, minutes: Text, cells: Mapping[CellId, Decided]
) -> Dialogue:  # fmt: skip
    """Write down a dialogue and the levels that it gave. The proposed levels stay beside them. Raises BadInput with every fault."""
    assessment = lock(assessment)
    require_state(assessment, "open")
    there = {(c.row, c.column): c for c in Cell.objects.filter(assessment=assessment)}
    faults = []
    if outsiders < 1 or not present.strip():
        faults.append(Fault("present", _("Levels are decided with somebody from outside. Name who was there.")))
    if not minutes:
        faults.append(Fault("minutes", _("Write in short what was said.")))
    if not cells:
        faults.append(Fault("cells", _("Choose a level of at least one row.")))
    for key, decided in cells.items():
        if key not in there or not 1 <= decided.level <= len(_framework(assessment).levels):
            faults.append(Fault(f"cell-{key[0]}-{key[1]}", _("This level does not exist.")))
        elif decided.level != there[key].proposed and there[key].proposed is not None and not decided.reason:
            faults.append(Fault(f"cell-{key[0]}-{key[1]}", _("It differs from what the records propose. Say why.")))
    if faults:
        raise BadInput(*faults)
    made = Dialogue(
        assessment=assessment, held_on=held_on, insiders=insiders, outsiders=outsiders, present=present.strip(), minutes=minutes
    )
    made.save()
    for key, decided in cells.items():
        cell = there[key]
        cell.decided, cell.reason, cell.dialogue = decided.level, decided.reason, made
        cell.save()
    return made


@action("involvement.publish", may=roles("leader", "office", of="assessment.owner_id"), about="assessment")
def publish(*, by: Any, assessment: Assessment) -> Assessment:
    """Close and show it to everybody. A cell that was never decided stays open in it, visibly."""
    assessment = lock(assessment)
    if not assessment.cells.exclude(decided=None).exists():
        raise BadInput(Fault("", _("Nothing is decided yet. Hold the dialogue first.")))
    assessment.visibility = Visibility.PUBLIC
    move(assessment, "closed")
    return assessment
