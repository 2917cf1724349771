"""Dates, numbers and lengths as the three languages write them (the table of docs/architecture.md, *Languages*)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils import timezone

NBSP = "\u00a0"
_MONTHS = {
    "en": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    "ru": ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"],
    "kk": ["қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"],
}
_WEEKDAYS = {
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "ru": ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"],
    "kk": ["дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі"],
}

_WEEKDAYS_SHORT = {
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    "ru": ["пн", "вт", "ср", "чт", "пт", "сб", "вс"],
    "kk": ["дс", "сс", "ср", "бс", "жм", "сб", "жс"],
}
_MONTHS_SHORT = {
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    "ru": ["янв.", "февр.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.", "сент.", "окт.", "нояб.", "дек."],
    "kk": ["қаң.", "ақп.", "нау.", "сәу.", "мам.", "мау.", "шіл.", "там.", "қыр.", "қаз.", "қар.", "жел."],
}


def long_date(day: dt.date, language: str, *, year: bool = True) -> str:
    """24 November 2026 · 24 ноября 2026 г. · 2026 жылғы 24 қараша"""
    month = _MONTHS[language][day.month - 1]
    if not year:
        return f"{day.day}{NBSP}{month}"
    if language == "kk":
        return f"{day.year} жылғы {day.day}{NBSP}{month}"
    return f"{day.day}{NBSP}{month} {day.year}" + (f"{NBSP}г." if language == "ru" else "")


def weekday(day: dt.date, language: str) -> str:
    return _WEEKDAYS[language][day.weekday()]


def weekday_short(day: dt.date, language: str) -> str:
    """Thu · чт · бс"""
    return _WEEKDAYS_SHORT[language][day.weekday()]


def month_short(day: dt.date, language: str) -> str:
    """Nov · нояб. · қар."""
    return _MONTHS_SHORT[language][day.month - 1]


def time_range(start: dt.datetime, end: dt.datetime | None, language: str) -> str:
    if end is None:
        return f"{start:%H:%M}"
    return f"{start:%H:%M} to {end:%H:%M}" if language == "en" else f"{start:%H:%M}–{end:%H:%M}"


def moment_words(when: dt.datetime, language: str) -> str:
    """24 November 2026, 15:00 · 24 ноября 2026 г., 15:00 · 2026 жылғы 24 қараша, 15:00, in the installation's time zone."""
    local = timezone.localtime(when)
    return f"{long_date(local.date(), language)}, {local:%H:%M}"


def number(value: Decimal | int | float, language: str, places: int | None = None) -> str:
    """6,118.5 in English, 6 118,5 in Russian and Kazakh; `places` fixes the decimals, else as few as are needed."""
    if places is None:
        text = f"{Decimal(str(value)):,f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
    else:
        text = f"{Decimal(str(value)):,.{places}f}"
    if language != "en":
        text = text.replace(",", NBSP).replace(".", ",")
    return text.replace("-", "\u2212")
