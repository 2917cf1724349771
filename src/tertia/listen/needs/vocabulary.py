"""What a need is about, whom it concerns, and by what it is answered: words from lists, dated where the law dates them."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from tertia.core.languages.text import Text

__all__ = ["ANSWERED_WITH", "TOPICS", "group_words", "groups_on"]

TOPICS = {
    "transport": _("Transport and roads"),
    "housing": _("Housing and utilities"),
    "environment": _("Water, air, nature"),
    "health": _("Health"),
    "education": _("School and learning"),
    "work": _("Work and business"),
    "support": _("Help for people"),
    "access": _("Access without barriers"),
    "culture": _("Culture, sport, leisure"),
    "safety": _("Safety"),
    "digital": _("Digital services"),
    "other": _("Something else"),
}
#: by what the university answers, beside the words
ANSWERED_WITH = {
    "study": _("a study"),
    "project": _("a project"),
    "volunteers": _("volunteers"),
    "course": _("a course"),
    "advice": _("advice or a decision"),
}


@cache
def _groups() -> list[dict[str, Any]]:
    file = Path(__file__).parent / "data" / "social_groups.toml"
    rows: list[dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))["group"]
    return rows


def groups_on(day: dt.date) -> list[tuple[str, Text]]:
    """The groups whose words are in force on a day."""
    return [
        (row["code"], _text(row)) for row in _groups()
        if row.get("valid_from", dt.date.min) <= day < row.get("valid_to", dt.date.max)
    ]  # fmt: skip


def group_words(codes: list[str]) -> list[Text]:
    """The words of codes, those out of force too: a need keeps the words of its day."""
    known = {row["code"]: _text(row) for row in _groups()}
    return [known[code] for code in codes if code in known]


def _text(row: dict[str, Any]) -> Text:
    return Text.of("en", en=row["en"], ru=row["ru"], kk=row["kk"])
