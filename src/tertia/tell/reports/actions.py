"""Writing an edition of the annual report, and the words of its chapters."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import roles
from tertia.core.checks.canonical import canonical
from tertia.core.languages.text import Text
from tertia.core.periods.years import Period
from tertia.core.records.actions import join, move
from tertia.core.records.models import Record, Visibility
from tertia.tell.reports.chapters import CHAPTERS
from tertia.tell.reports.models import ChapterText, Edition
from tertia.tell.reports.queries import gather

__all__ = ["content_hash", "draft_edition", "write_chapter", "write_edition"]

TITLES = {"en": "Third-mission report {}", "ru": "Отчёт о третьей миссии за {} год", "kk": "Үшінші миссия туралы есеп, {}"}


def content_hash(content: dict[str, Any]) -> str:
    """SHA-256 over the canonical JSON of an edition's content (sorted keys, no blanks, UTF-8)."""
    return hashlib.sha256(canonical(content)).hexdigest()


def draft_edition(owner: Any, period: Period, on: dt.date) -> Edition:
    """The edition as it would be, not kept: gathered from what is on record."""
    content = gather(owner, period, on=on)
    return Edition(
        owner=owner, period=period.label, content=content, sha256=content_hash(content), written_on=on,
        title=Text.of(**{lang: words.format(period.label) for lang, words in TITLES.items()}), starts_on=period.start,
        ends_on=period.last_day, visibility=Visibility.PUBLIC,
    )  # fmt: skip


@action("reports.write_edition", may=roles("office", "leader", "editor", of="owner.pk"))
def write_edition(*, by: Any, owner: Any, period: Period, on: dt.date, demonstration: bool = False) -> Edition:
    """Gather the year into a new edition. Unchanged content gives the edition that is there; else it takes the old one's place."""
    made = draft_edition(owner, period, on)
    content = made.content
    latest = Edition.objects.filter(owner=owner, period=period.label).order_by("-edition").first()
    if latest and _same(latest.content, content):
        return latest
    made.edition = latest.edition + 1 if latest else 1
    made.slug, made.number, made.demonstration = f"{period.label}-{made.edition}", str(made.edition), demonstration
    made.save()
    for indicator in Record.objects.filter(pk__in=[f["record"] for f in content["figures"]]):
        join(made, "prints", indicator)
    if latest:
        move(latest, "replaced")
    return made


@action("reports.write_chapter", may=roles("office", "leader", "editor", of="owner.pk"))
def write_chapter(*, by: Any, owner: Any, period: Period, chapter: str, words: Text, on: dt.date) -> ChapterText:
    """What the university says in a chapter, in its languages. Editions that are written stay as they are; the next one takes it."""
    if chapter not in CHAPTERS:
        raise BadInput(Fault("chapter", _("The report has no such chapter.")))
    made = ChapterText.objects.filter(owner=owner, period=period.label, chapter=chapter).first()
    if made is None and not words:
        return ChapterText(owner=owner, period=period.label, chapter=chapter, written_on=on)  # nothing was written: nothing is kept
    made = made or ChapterText(owner=owner, period=period.label, chapter=chapter)
    made.words, made.written_on = made.words.revise(words), on
    made.save()
    return made


def _same(before: dict[str, Any], after: dict[str, Any]) -> bool:
    def bare(content: dict[str, Any]) -> dict[str, Any]:
        return {k: v for k, v in content.items() if k not in ("written_on", "silent")}

    return canonical(bare(before)) == canonical(bare(after))
