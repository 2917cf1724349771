"""Pieces of a reference brought into one form: identifiers, dates, text without marks."""

from __future__ import annotations

import calendar
import html
import re
import unicodedata
from typing import Any

from tertia.core.parties.identifiers import BadIdentifier, address_of, read_identifier, read_orcid

__all__ = ["date_of", "doi_of", "isbn_of", "issn_of", "issued_of", "orcid_of", "pages_of", "plain", "ror_of", "string", "written_date"]

#: letters that one registrant or another uses behind the prefix; Crossref allows any that can be printed
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_ORCID = re.compile(r"\b(\d{4}-?\d{4}-?\d{4}-?\d{3}[\dXx])\b")
_ROR = re.compile(r"(?:ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}\d{2})/?$", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]*)\b[^<>]*>|<!--.*?-->", re.DOTALL)
#: elements that part words; others, such as <i> and <sub>, stand within them
_BLOCKS = {"p", "title", "sec", "br", "list", "list-item", "div", "li", "break", "label", "abstract"}
_SPACE = re.compile(r"\s+")
_MONTHS = {
    name: n
    for n, names in enumerate(
        (
            "january jan январь января янв қаңтар қаң", "february feb февраль февраля фев ақпан ақп", "march mar март марта мар наурыз нау",
            "april apr апрель апреля апр сәуір сәу", "may май мая мамыр мам", "june jun июнь июня июн маусым мау",
            "july jul июль июля июл шілде шіл", "august aug август августа авг тамыз там", "september sep sept сентябрь сентября сен сент қыркүйек қыр",
            "october oct октябрь октября окт қазан қаз", "november nov ноябрь ноября ноя нояб қараша қар", "december dec декабрь декабря дек желтоқсан жел",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_SEASONS = {
    "spring": 1,
    "summer": 2,
    "autumn": 3,
    "fall": 3,
    "winter": 4,
    "весна": 1,
    "лето": 2,
    "осень": 3,
    "зима": 4,
    "көктем": 1,
    "жаз": 2,
    "күз": 3,
    "қыс": 4,
}
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:T[\d:.Z+-]*)?/?")
_YEARS = re.compile(r"(\d{4})\s*[-–—]\s*(\d{4}|(?:1[3-9]|[2-9]\d))")
_DOTTED = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_WORD = re.compile(r"\d+|[^\W\d_]+")


def string(value: Any) -> str:
    """A value of JSON as text; what is no word and no number becomes empty."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    return str(value) if isinstance(value, int | float) else ""


def plain(value: Any) -> str:
    """Text without elements of JATS or HTML, without entities and control characters, on one line, in Unicode's composed form."""
    text = string(value)
    if "<" in text:
        text = _TAG.sub(lambda m: " " if (m.group(2) or "p").split(":")[-1].lower() in _BLOCKS else "", text)
    if "&" in text:
        text = html.unescape(text)
    text = "".join(c for c in text if c >= " " and c != "\x7f" or c in "\t\n\r")
    return unicodedata.normalize("NFC", _SPACE.sub(" ", text).strip())


def doi_of(value: Any) -> str:
    """`10.1000/xyz` out of any way to write a DOI, in small letters, since DOIs compare without case (ISO 26324). Empty where there is none."""
    text = html.unescape(string(value)).strip()
    text = re.sub(r"^(?:https?://)?(?:dx\.)?doi\.org/", "", text, flags=re.IGNORECASE)
    found = _DOI.search(text.replace("%2F", "/").replace("%2f", "/"))
    if not found:
        return ""
    doi = found.group().rstrip(".,;")
    for opening, closing in ("()", "<>", "[]"):
        while doi.endswith(closing) and doi.count(closing) > doi.count(opening):
            doi = doi[:-1].rstrip(".,;")
    return doi.lower()


def orcid_of(value: Any) -> str:
    """`0000-0002-1825-0097`, its check digit being right (ISO 7064, MOD 11-2); else empty."""
    found = _ORCID.search(string(value))
    if not found:
        return ""
    try:
        return read_orcid(found.group(1))
    except BadIdentifier:
        return ""


def ror_of(value: Any) -> str:
    """`https://ror.org/05a28rw58` where the two check figures are right; else empty."""
    found = _ROR.search(string(value).strip())
    if not found:
        return ""
    try:
        return address_of("ror", read_identifier("ror", found.group(1)))
    except BadIdentifier:
        return ""


def issn_of(value: Any) -> str:
    found = re.search(r"\b(\d{4})-?(\d{3}[\dXx])\b", string(value))
    return f"{found.group(1)}-{found.group(2).upper()}" if found else ""


def isbn_of(value: Any) -> str:
    """The first ISBN of 10 or 13 figures, as it is written, without addresses around it."""
    for found in re.finditer(r"[\dXx][\dXx-]{8,16}[\dXx]", string(value)):
        if len(found.group().replace("-", "")) in (10, 13, 12):
            return found.group()
    return ""


def pages_of(value: Any) -> str:
    """`44-59` from `44--59`, `44 – 59`, `44—59`."""
    return re.sub(r"\s*(?:--+|[‐‑‒–—−])\s*", "-", plain(value)).strip()


def issued_of(item: dict[str, Any]) -> list[int]:
    """[year, month, day] of a work as far as they are said."""
    parts = item.get("issued", {}).get("date-parts") or [[]]
    return list(parts[0])


def written_date(parts: list[int]) -> str:
    """`2020`, `2020-05` or `2020-05-09`."""
    return "-".join(f"{p:04}" if n == 0 else f"{p:02}" for n, p in enumerate(parts))


def date_of(value: Any) -> tuple[dict[str, Any] | None, bool]:
    """A date in words as CSL's date, and whether it was understood. No month and no day is invented; what is no date is kept in words."""
    text = plain(value).strip(" ,;")
    if not text:
        return None, True
    if "/" in text and (both := _range(text)):
        return {"date-parts": both}, True
    parts = _parts(text)
    if parts is not None:
        return parts, True
    return {"literal": text}, False


def _range(text: str) -> list[list[int]] | None:
    first, _slash, second = text.partition("/")
    a, b = _ISO.fullmatch(first), _ISO.fullmatch(second)
    if not (a and b and len(second) >= 4):
        return None
    start, end = _valid(*a.groups()), _valid(*b.groups())
    return [start, end] if start and end else None


def _parts(text: str) -> dict[str, Any] | None:
    if found := _YEARS.fullmatch(text):
        first, last = found.groups()
        last = first[: 4 - len(last)] + last
        return {"date-parts": [[int(first)], [int(last)]]} if first < last else None
    if found := _ISO.fullmatch(text):
        made = _valid(*found.groups())
        return {"date-parts": [made]} if made else None
    if found := _DOTTED.fullmatch(text):
        day, month, year = found.groups()
        made = _valid(year, month, day)
        return {"date-parts": [made]} if made and len(made) == 3 else None
    year = month = day = None
    season, circa = 0, False
    for word in _WORD.findall(text.lower()):
        if word.isdigit():
            if len(word) == 4 and year is None:
                year = word
            elif len(word) <= 2 and day is None:
                day = word
            else:
                return None
        elif word in _MONTHS:
            month = month or str(_MONTHS[word])
        elif word in _SEASONS:
            season = _SEASONS[word]
        elif word in ("ca", "circa", "c", "ок", "около"):
            circa = True
        elif word not in ("г", "год", "года", "ж", "жыл", "жылы", "the", "of", "st", "nd", "rd", "th"):
            return None
    made = _valid(year, month, day if month else None) if year else None
    if made is None or (day and not month):
        return None
    return {"date-parts": [made], **({"season": season} if season else {}), **({"circa": True} if circa else {})}


def _valid(year: Any, month: Any = None, day: Any = None) -> list[int] | None:
    """[year, month, day] as far as said; None where a part is impossible."""
    made = [int(year)]
    if month is None or int(month) == 0:
        return made if made[0] else None
    if not 1 <= int(month) <= 12:
        return None
    made.append(int(month))
    if day is not None and int(day):
        if not 1 <= int(day) <= calendar.monthrange(max(made[0], 1), made[1])[1]:
            return None
        made.append(int(day))
    return made
