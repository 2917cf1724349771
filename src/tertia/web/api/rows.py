"""What hangs on a record, for programs of those who work there: the numbers by which actions name sessions, lines, seats, stages and the like.

Of a row its number, and what says which one it is: title, number, kind, state, position. Nothing personal and no text of people stands here.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import models
from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.errors import HttpError

from tertia.core.access.api import PROBLEMS, TokenAuth
from tertia.core.actions.policies import WORKERS
from tertia.core.languages.fields import TextField
from tertia.core.records.api import TextOut, text_out
from tertia.core.records.models import Record
from tertia.core.records.queries import record_for
from tertia.web.api.actions import Opened, all_actions
from tertia.web.api.shapes import root_path

__all__ = ["router"]

router = Router(tags=["records"], auth=TokenAuth())

_TOLD = ("number", "kind", "state", "position")


class RowOut(Schema):
    """A row that hangs on a record; `kind` is what the contract calls it in “number of a row”."""

    id: int
    kind: str
    title: TextOut | None
    told: dict[str, str | int | None]


class RowsPage(Schema):
    items: list[RowOut]
    next: int | None


@cache
def _kinds() -> dict[str, tuple[type[models.Model], str, type[models.Model]]]:
    """The models of rows that actions name: label → model, how it hangs on a record, and on which kind."""
    found: dict[str, Any] = {}
    for one in all_actions():
        for model in one.models.values() if isinstance(one, Opened) else ():
            if (path := root_path(model)) is not None:
                found[model._meta.label_lower] = (model, *path)
    return found


@router.get(
    "/records/{int:pk}/rows", response={200: RowsPage, **PROBLEMS}, summary="What hangs on a record, for those who work there",
    description="Sessions of a conference, lines of a review, stages of a project and so on, by the kind that the contract names beside “number of a row”.",
)  # fmt: skip
def list_rows(
    request: HttpRequest, pk: int, kind: str, cursor: int | None = Query(None, ge=0, le=2**62), limit: int = Query(200, ge=1, le=500)
) -> Any:
    actor: Any = request.actor  # type: ignore[attr-defined]
    record = record_for(actor, Record, pk=min(pk, 2**62))
    if not actor.has(record.owner_id, *WORKERS):
        raise HttpError(403, "Only those who work for the record’s owner see what hangs on it.")
    if kind not in _kinds():
        raise HttpError(422, f"There is no kind of row {kind[:60]!r}. The contract names them beside “number of a row”.")
    model, where, _root = _kinds()[kind]
    rows = model._base_manager.filter(**{where: record.pk}).order_by("pk")
    found = list((rows.filter(pk__gt=cursor) if cursor is not None else rows)[: limit + 1])
    return 200, {"items": [_told(row, kind) for row in found[:limit]], "next": found[limit - 1].pk if len(found) > limit else None}


def _told(row: Any, kind: str) -> dict[str, Any]:
    fields = {f.name: f for f in row._meta.concrete_fields}
    personal = getattr(row, "personal", {})
    title = next((getattr(row, n) for n in ("title", "text", "what") if isinstance(fields.get(n), TextField) and n not in personal), None)
    told = {n: getattr(row, n) for n in _TOLD if n in fields and n not in personal and isinstance(getattr(row, n), str | int | None)}
    return {"id": row.pk, "kind": kind, "title": text_out(title) if title else None, "told": told}
