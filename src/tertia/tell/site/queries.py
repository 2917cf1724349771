"""What a university shows on its own site: from records alone, so that a new kind needs a line here and nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.records.models import Record

__all__ = ["SECTIONS", "Section", "coming", "rows_of"]


@dataclass(frozen=True)
class Section:
    """`kinds` with the states in which they are shown (none: every state), and how the latest are found."""

    key: str
    label: Any
    kinds: tuple[str, ...]
    states: tuple[str, ...] = ()
    order: str = "-created_at"


SECTIONS = {
    s.key: s
    for s in (
        Section("stories", _("Stories"), ("story",), ("published",), "-starts_on"), Section("needs", _("What the region asks for"), ("need",)),
        Section("opportunities", _("Help is wanted"), ("opportunity",)), Section("conversations", _("Conversations"), ("conversation",)),
        Section("resolutions", _("Resolutions and recommendations"), ("resolution", "recommendation")), Section("measures", _("What is planned"), ("measure", "strategy")),
        Section("activities", _("What was done"), ("activity",), ("held",), "-starts_on"), Section("research", _("Research on the region"), ("study", "regional-question")),
        Section("partners", _("Agreements with partners"), ("agreement",)), Section("figures", _("Figures"), ("indicator",)), Section("media", _("In the media"), ("mention",), ("kept",), "-starts_on"),
        Section("reports", _("Annual reports"), ("report",)),
    )
}  # fmt: skip


def rows_of(section: Section, owner: Any) -> QuerySet[Record]:
    """What everybody may read, the latest first."""
    rows: Any = Record.objects.visible_to(ANONYMOUS).filter(owner=owner, kind__in=section.kinds)
    if section.key == "media":
        rows = rows.filter(as_mention__reprint_of=None)
    if section.states:
        rows = rows.filter(state__in=section.states)
    else:
        rows = rows.exclude(state__in=("draft", "withdrawn", "merged", "rejected"))
    return rows.order_by(F(section.order.lstrip("-")).desc(nulls_last=True), "-pk")


def coming(owner: Any, today: dt.date) -> QuerySet[Record]:
    """What is still to be, the next first: the calendar of the site."""
    rows: Any = Record.objects.visible_to(ANONYMOUS).filter(owner=owner, kind__in=("activity", "conference", "conversation", "survey"))
    return rows.select_related("as_activity").filter(Q(starts_on__gte=today) | Q(kind__in=("conversation", "survey"), ends_on__gte=today)).exclude(
        state__in=("withdrawn", "draft", "closed")
    ).order_by(F("starts_on").asc(nulls_last=True), "pk")  # fmt: skip
