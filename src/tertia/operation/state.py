"""What the doctor and the monitor both ask of an installation."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings

from tertia.core.actions.models import Event, SealedEvent
from tertia.core.jobs.models import Job

__all__ = ["last_backup", "overdue_since", "unsealed_events", "waiting_jobs"]


def waiting_jobs(now: dt.datetime) -> Any:
    """Jobs whose time has come."""
    return Job.objects.filter(state=Job.State.WAITING, run_after__lte=now)


def overdue_since(now: dt.datetime) -> dt.datetime | None:
    """Since when the job that waits longest could run."""
    return waiting_jobs(now).order_by("run_after").values_list("run_after", flat=True).first()  # type: ignore[no-any-return]


def unsealed_events() -> Any:
    """Events of the journal that wait for their seal."""
    last = SealedEvent.objects.order_by("-event_id").values_list("event_id", flat=True).first() or 0
    return Event.objects.filter(pk__gt=last)


def last_backup() -> tuple[dt.datetime, Path] | None:
    """When the last backup of this data folder was made, and where it was laid."""
    file = Path(settings.HOME) / "last-backup"
    if not file.exists():
        return None
    moment, _, where = file.read_text(encoding="utf-8").partition("\n")
    return dt.datetime.fromisoformat(moment), Path(where.strip())
