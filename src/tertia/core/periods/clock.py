"""The day that Tertia calls today: the calendar's, or the one that a demonstration was laid on."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import timezone

__all__ = ["today"]


def today() -> dt.date:
    fixed = settings.TERTIA_TODAY
    return dt.date.fromisoformat(fixed) if fixed else timezone.localdate()
