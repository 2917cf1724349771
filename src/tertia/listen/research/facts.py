"""What research gives to measuring."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce, TruncYear

from tertia.core.facts.declare import Column, FactTable, declare_facts, declare_lived
from tertia.core.facts.expressions import YearsLater
from tertia.core.records.models import Link
from tertia.listen.research.models import Study, StudyPart, StudyUse

__all__ = ["OUTPUT", "STUDY", "STUDY_FINISHED", "STUDY_RECENT"]

_together = StudyPart.objects.filter(study=OuterRef("pk"))
_asked = Link.objects.filter(
    lower=OuterRef("pk"), relation="studies", upper__kind__in=("need", "regional-question", "conversation", "recommendation", "proposal")
)
_used = StudyUse.objects.filter(study=OuterRef("pk"), state="confirmed")


def _regional(organisation: Any) -> Any:
    """Studies on a named place: a topic alone stretches."""
    rows = Study.objects.filter(owner=organisation, about="region", place__isnull=False).exclude(state__in=("withdrawn", "merged"))
    return rows.filter(Q(starts_on__isnull=False) | Q(finished_on__isnull=False))


def _finished(organisation: Any) -> Any:
    return _regional(organisation).filter(finished_on__isnull=False)


STUDY = declare_facts(
    FactTable(
        "study", 1, "studies", "One row for each study on a named place in each calendar year in which it ran.", _regional,
        (
            Column("record", "int", "id of the study", "pk"), Column("day", "date", "its first day in that year", Coalesce("starts_on", "finished_on")),
            Column("together", "bool", "a body from outside took part in the question, the data or the reading of results", Exists(_together)),
            Column("asked_for", "bool", "it studies a need, a question of a body, a conversation, a proposal or a recommendation", Exists(_asked)),
            Column("region", "text", "ISO 3166-2 code", "place__code", unit="regions"), Column("unit", "text", "unit of the study", "unit__slug", unit="units"),
        ),
        spans=(Coalesce("starts_on", "finished_on"), "finished_on"), until_today=True, changes_with="year", by_calendar=True,
    )
)  # fmt: skip
STUDY_FINISHED = declare_facts(
    FactTable(
        "study_finished", 1, "studies", "One row for each study on a named place that was finished, on the last day on which that may have been.", _finished,
        (
            Column("record", "int", "id of the study", "pk"), Column("day", "date", "day of finishing", "finished_on"),
            Column("plain_summary", "bool", "a public summary in plain words stands in Kazakh and in Russian, with its date", Q(summarised_on__isnull=False, visibility="public")),
            Column("region", "text", "ISO 3166-2 code", "place__code", unit="regions"), Column("unit", "text", "unit of the study", "unit__slug", unit="units"),
        ),
    )
)  # fmt: skip
STUDY_RECENT = declare_facts(
    FactTable(
        "study_recent", 1, "studies", "One row for each study on a named place in the calendar year in which it was finished and in the two after it.", _finished,
        (
            Column("record", "int", "id of the study", "pk"), Column("day", "date", "first day of it in that year", "finished_on"),
            Column("used", "bool", "a document of a body names it, and that body has confirmed it", Exists(_used)),
            Column("region", "text", "ISO 3166-2 code", "place__code", unit="regions"), Column("unit", "text", "unit of the study", "unit__slug", unit="units"),
        ),
        spans=("finished_on", YearsLater(TruncYear("finished_on"), 2)), until_today=True, changes_with="year", by_calendar=True,
    )
)  # fmt: skip


def _outputs(organisation: Any) -> Any:
    return Study.objects.filter(owner=organisation, finished_on__isnull=False, retracted=False).exclude(state__in=("withdrawn", "merged"))


OUTPUT = declare_facts(
    FactTable(
        "output", 1, "works", "One row for each work of the university that was published or finished, on whatever it is; works that were retracted have none.", _outputs,
        (
            Column("record", "int", "id of the work", "pk"), Column("day", "date", "last day on which it may have been published", "finished_on"),
            Column("type", "text", "type of work (Citation Style Language)", "work_type"),
            Column("outside_author", "bool", "an author is from outside academia; empty where affiliations are not known"),
            Column("unit", "text", "unit of the work", "unit__slug", unit="units"),
        ),
    )
)  # fmt: skip

declare_lived("S9", "study", "finished")
