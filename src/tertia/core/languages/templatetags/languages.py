"""Template filters: text in the reader's language with a visible fallback, dates and numbers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from tertia.core.languages import formatting
from tertia.core.languages.text import Reading, Text

register = template.Library()


def current() -> str:
    return (get_language() or "en")[:2]


@register.filter
def read(text: Text | None) -> str | SafeString:
    """The text in the page's language; another language is wrapped in `<span lang>`, so that it is read aloud rightly."""
    if not text:
        return ""
    reading = text.read(current())
    if reading.is_fallback:
        return format_html('<span lang="{}">{}</span>', reading.language, reading.text)
    return reading.text


@register.filter
def plain(text: Text | str | None) -> str:
    if isinstance(text, str):
        return text
    return text.read(current()).text if text else ""


@register.filter
def reading(text: Text | None) -> Reading | None:
    return text.read(current()) if text else None


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    if value is None:
        return ""
    return formatting.long_date(_local(value), current())


@register.filter
def day_short(value: dt.date | dt.datetime | None) -> str:
    return "" if value is None else formatting.long_date(_local(value), current(), year=False)


@register.filter
def weekday(value: dt.date | dt.datetime) -> str:
    return formatting.weekday(_local(value), current())


@register.filter
def clock(value: dt.datetime | None) -> str:
    return f"{timezone.localtime(value):%H:%M}" if value else ""


@register.simple_tag
def clock_range(start: dt.datetime, end: dt.datetime | None) -> str:
    return formatting.time_range(timezone.localtime(start), timezone.localtime(end) if end else None, current())


@register.simple_tag
def wall_range(start: dt.datetime, end: dt.datetime | None) -> str:
    """Times as they stand, in the zone that they are in: of a shift where it takes place."""
    return formatting.time_range(start, end, current())


@register.filter
def weekday_of(value: dt.datetime) -> str:
    """The day of the week where it takes place."""
    return formatting.weekday(value.date(), current())


@register.filter
def weekday_short(value: dt.datetime) -> str:
    return formatting.weekday_short(value.date(), current())


@register.filter
def month_short(value: dt.datetime) -> str:
    return formatting.month_short(value.date(), current())


@register.filter
def num(value: Any, places: int | None = None) -> str:
    return "" if value is None else formatting.number(value, current(), places)


def _local(value: dt.date | dt.datetime) -> dt.date:
    return timezone.localtime(value).date() if isinstance(value, dt.datetime) else value


@register.filter
def unlocal(value: Any) -> str:
    """A number as form controls want it: a point, no spaces, no needless zeros."""
    return "" if value is None else formatting.number(value, "en").replace(",", "")
