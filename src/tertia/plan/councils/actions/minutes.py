"""Minutes: approved at a later meeting and frozen in three languages; corrected only as a new version with its reason."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.checks.canonical import canonical
from tertia.core.languages.text import LANGUAGES
from tertia.core.records.actions import move
from tertia.core.records.models import Visibility
from tertia.plan.councils.minutes import as_stored, minutes_blocks
from tertia.plan.councils.models import Meeting, MinutesVersion
from tertia.plan.councils.policies import keepers
from tertia.plan.councils.record_of import meeting_facts

__all__ = ["approve_minutes", "correct_minutes"]

RUNS = keepers("meeting.council")


@action("councils.approve_minutes", may=RUNS)
def approve_minutes(
    *, by: Any, meeting: Meeting, on: dt.date, approved_by: str, at: Meeting | None = None, public: bool = False, reason: str = ""
) -> MinutesVersion:
    """The minutes as they are now are approved, by a later meeting (`at`) or by whoever may; from now on they stand.

    `public`: everybody reads them. After a correction a reason is asked for when the meeting was opened again, and kept here.
    """
    meeting = lock(meeting)
    require_state(meeting, "closed")
    if at is not None and (at.council_id != meeting.council_id or at.starts_at <= meeting.starts_at):
        raise BadInput(Fault("at", _("Minutes are approved at a later meeting of the same council.")))
    if not approved_by.strip():
        raise BadInput(Fault("approved_by", _("Write who signs the minutes: the chair, the secretary.")))
    facts = meeting_facts(meeting)
    body = {}
    for language in LANGUAGES:
        with translation.override(language):
            body[language] = as_stored(minutes_blocks(facts, language))
    before = meeting.versions.order_by("-number").first()
    made = MinutesVersion(
        meeting=meeting, number=before.number + 1 if before else 1, body=body, digest=hashlib.sha256(canonical(body)).hexdigest(), approved_on=on,
        approved_by=approved_by.strip()[:200], reason=reason.strip()[:500] or (meeting.correction if before else ""),
    )  # fmt: skip
    made.save()
    meeting.approved_at, meeting.correction = at, ""
    if public:
        meeting.visibility = Visibility.PUBLIC
    move(meeting, "approved")
    return made


@action("councils.correct_minutes", may=RUNS)
def correct_minutes(*, by: Any, meeting: Meeting, reason: str) -> Meeting:
    """Open approved minutes again: what was approved stays readable as it was, and a new version waits for approval. Raises BadInput without a reason."""
    meeting = lock(meeting)
    if meeting.state != "approved":
        raise WrongState(meeting, meeting.state, ("approved",))
    if not reason.strip():
        raise BadInput(Fault("reason", _("Say what is wrong in the approved minutes.")))
    meeting.correction, meeting.approved_at = reason.strip()[:500], None
    move(meeting, "closed")
    return meeting
