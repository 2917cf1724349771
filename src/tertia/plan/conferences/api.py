"""Owed answers of resolutions, for programs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from tertia.core.access.api import PROBLEMS, optional_token
from tertia.core.periods import clock
from tertia.core.records.api import TextOut, text_out
from tertia.core.records.queries import record_for
from tertia.plan.conferences.models import Resolution
from tertia.plan.conferences.queries import ledger

__all__ = ["router"]

router = Router(tags=["resolutions"], auth=optional_token)


class AnswerOut(Schema):
    recommendation: int
    party: str
    state: str
    sent_on: dt.date | None
    due_on: dt.date | None
    received_on: dt.date | None
    answered_on: dt.date | None
    #: days of silence; null where no dated letter is on record, or the answer is there or not due
    silent_days: int | None
    words: TextOut


@router.get("/resolutions/{slug}/answers", response={200: list[AnswerOut], **PROBLEMS}, summary="What every addressee did")
def list_answers(request: HttpRequest, slug: str) -> Any:
    record = record_for(request.actor, Resolution, slug=slug.replace("\x00", ""))  # type: ignore[attr-defined]
    today = clock.today()
    return 200, [
        {
            "recommendation": o.record_id, "party": o.party.slug, "state": o.state, "sent_on": o.sent_on, "due_on": o.due_on,
            "received_on": o.received_on, "answered_on": o.answered_on, "silent_days": o.silent_days(today), "words": text_out(o.words),
        }
        for o in ledger(record).owed
    ]  # fmt: skip
