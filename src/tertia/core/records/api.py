"""Records and their thread, for programs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from tertia.core.access.api import PROBLEMS, optional_token
from tertia.core.languages.text import Text
from tertia.core.periods import clock
from tertia.core.records.kinds import KINDS
from tertia.core.records.models import Record
from tertia.core.records.queries import record_for
from tertia.core.records.thread import thread_of

__all__ = ["RecordOut", "TextOut", "record_out", "router", "text_out"]

router = Router(tags=["records"], auth=optional_token)


class TextOut(Schema):
    """A text in up to three languages; `states` says of each: written, machine, stale or missing."""

    original: str
    kk: str | None
    ru: str | None
    en: str | None
    states: dict[str, str]


class RecordOut(Schema):
    id: int
    kind: str
    number: str
    slug: str
    title: TextOut
    summary: TextOut
    owner: str
    state: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    demonstration: bool
    changed_at: dt.datetime


class Page(Schema):
    """At most `limit` records after `cursor`; `next` is the cursor of the following page."""

    items: list[RecordOut]
    next: int | None


class Filters(Schema):
    kind: str | None = None
    cursor: int | None = Query(None, ge=0, le=2**62)
    limit: int = Query(50, ge=1, le=200)


class LinkOut(Schema):
    lower: int
    relation: str
    upper: int


class GapOut(Schema):
    below: int
    sentence: str
    due: bool
    due_on: dt.date | None


class ThreadOut(Schema):
    here: int
    records: list[RecordOut]
    links: list[LinkOut]
    gaps: list[GapOut]


def text_out(text: Text) -> dict[str, Any]:
    return {
        "original": text.original,
        **{lang: text.versions.get(lang, (None,))[0] for lang in ("kk", "ru", "en")},
        "states": {lang: text.state(lang) for lang in ("kk", "ru", "en")},
    }


def record_out(record: Record) -> dict[str, Any]:
    return {
        "id": record.pk, "kind": record.kind, "number": record.number, "slug": record.slug, "title": text_out(record.title),
        "summary": text_out(record.summary), "owner": record.owner.slug, "state": record.state, "starts_on": record.starts_on,
        "ends_on": record.ends_on, "demonstration": record.demonstration, "changed_at": record.changed_at,
    }  # fmt: skip


@router.get("/records", response={200: Page, **PROBLEMS}, summary="Records that you may see, the oldest first")
def list_records(request: HttpRequest, filters: Query[Filters]) -> Any:
    rows = Record.objects.visible_to(request.actor).select_related("owner").order_by("pk")  # type: ignore[attr-defined]
    if filters.kind is not None:
        rows = rows.filter(kind=filters.kind if filters.kind in KINDS else "")
    if filters.cursor is not None:
        rows = rows.filter(pk__gt=filters.cursor)
    found = list(rows[: filters.limit + 1])
    more = len(found) > filters.limit
    return 200, {"items": [record_out(r) for r in found[: filters.limit]], "next": found[filters.limit - 1].pk if more else None}


@router.get("/records/{int:pk}", response={200: RecordOut, **PROBLEMS}, summary="One record")
def get_record(request: HttpRequest, pk: int) -> Any:
    return 200, record_out(record_for(request.actor, Record, pk=min(pk, 2**62)))  # type: ignore[attr-defined]


@router.get("/records/{int:pk}/thread", response={200: ThreadOut, **PROBLEMS}, summary="The golden thread through a record")
def get_thread(request: HttpRequest, pk: int) -> Any:
    thread = thread_of(record_for(request.actor, Record, pk=min(pk, 2**62)), request.actor, today=clock.today())  # type: ignore[attr-defined]
    return 200, {
        "here": thread.here.pk,
        "records": [
            record_out(r) for r in Record.objects.filter(pk__in=[b.record.pk for b in thread.boxes]).select_related("owner").order_by("pk")
        ],
        "links": [{"lower": a, "relation": rel, "upper": b} for a, b, rel in thread.links],
        "gaps": [{"below": g.below.pk, "sentence": str(g.sentence), "due": g.due, "due_on": g.due_on} for g in thread.gaps],
    }
