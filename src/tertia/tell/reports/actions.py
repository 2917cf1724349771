"""Writing an edition of the annual report."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from tertia.core.actions.action import action
from tertia.core.actions.policies import roles
from tertia.core.checks.canonical import canonical
from tertia.core.languages.text import Text
from tertia.core.periods.years import Period
from tertia.core.records.actions import join, move
from tertia.core.records.models import Record, Visibility
from tertia.tell.reports.models import Edition
from tertia.tell.reports.queries import gather

__all__ = ["content_hash", "write_edition"]

TITLES = {"en": "Third-mission report {}", "ru": "Отчёт о третьей миссии за {} год", "kk": "Үшінші миссия туралы есеп, {}"}


def content_hash(content: dict[str, Any]) -> str:
    """SHA-256 over the canonical JSON of an edition's content (sorted keys, no blanks, UTF-8)."""
    return hashlib.sha256(canonical(content)).hexdigest()


@action("reports.write_edition", may=roles("office", "leader", "editor", of="owner.pk"))
def write_edition(*, by: Any, owner: Any, period: Period, on: dt.date, demonstration: bool = False) -> Edition:
    """Gather the year into a new edition. Unchanged content gives the edition that is there; else it takes the old one's place."""
    content = gather(owner, period, on=on)
    latest = Edition.objects.filter(owner=owner, period=period.label).order_by("-edition").first()
    if latest and _same(latest.content, content):
        return latest
    number = latest.edition + 1 if latest else 1
    made = Edition(
        owner=owner, period=period.label, edition=number, content=content, sha256=content_hash(content), written_on=on,
        title=Text.of(**{lang: words.format(period.label) for lang, words in TITLES.items()}), starts_on=period.start,
        ends_on=period.last_day, slug=f"{period.label}-{number}", number=str(number), visibility=Visibility.PUBLIC,
        demonstration=demonstration,
    )  # fmt: skip
    made.save()
    for indicator in Record.objects.filter(pk__in=[f["record"] for f in content["figures"]]):
        join(made, "prints", indicator)
    if latest:
        move(latest, "replaced")
    return made


def _same(before: dict[str, Any], after: dict[str, Any]) -> bool:
    def bare(content: dict[str, Any]) -> dict[str, Any]:
        return {k: v for k, v in content.items() if k not in ("written_on", "silent")}

    return canonical(bare(before)) == canonical(bare(after))
