"""Groups of people whom needs and activities concern: words from a list, dated where the law dates them."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from tertia.core.languages.text import Text

__all__ = ["group_words", "groups_on"]


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
    """The words of codes, those out of force too: a record keeps the words of its day."""
    known = {row["code"]: _text(row) for row in _groups()}
    return [known[code] for code in codes if code in known]


def _text(row: dict[str, Any]) -> Text:
    return Text.of("en", en=row["en"], ru=row["ru"], kk=row["kk"])
