"""Needs, for programs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from tertia.core.access.api import PROBLEMS, TokenAuth, idempotent, scope
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.languages.text import Text
from tertia.core.parties.queries import university_here
from tertia.core.periods import clock
from tertia.core.records.api import RecordOut, record_out
from tertia.listen.needs.actions import raise_need

__all__ = ["router"]

router = Router(tags=["needs"])


class NeedIn(Schema):
    """At least one language of the title."""

    kk: str = Field("", max_length=200)
    ru: str = Field("", max_length=200)
    en: str = Field("", max_length=200)
    summary: str = Field("", max_length=3000)
    concerned: int | None = Field(None, ge=1, le=50_000_000)


@router.post("/needs", response={201: RecordOut, **PROBLEMS}, auth=TokenAuth(), summary="Raise a need")
@scope("needs:write")
@idempotent
def post_need(request: HttpRequest, body: NeedIn) -> Any:
    texts = {lang: words.replace("\x00", "").strip() for lang in ("kk", "ru", "en") if (words := getattr(body, lang))}
    texts = {lang: words for lang, words in texts.items() if words}
    owner = university_here()
    if owner is None or not texts:
        raise BadInput(Fault("title", "Write the title in at least one language.", "required"))
    first = next(iter(texts))
    need = raise_need(
        by=request.actor, owner=owner, title=Text.of(first, **texts), summary=Text.of(first, **{first: body.summary.replace("\x00", "")}),  # type: ignore[attr-defined]
        raised_on=clock.today(), concerned=body.concerned, demonstration=owner.demonstration,
    )  # fmt: skip
    return 201, record_out(need)
