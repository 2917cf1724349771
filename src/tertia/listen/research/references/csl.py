"""CSL-JSON taken in: what its schema knows is kept in its types, what it does not know is left out."""

from __future__ import annotations

from typing import Any

from tertia.listen.research.references.cleaning import date_of, doi_of, pages_of, plain, string
from tertia.listen.research.references.model import Item, Trouble

__all__ = ["DATES", "NAMES", "TYPES", "WORDS", "csl_item"]

#: Citation Style Language 1.0.2, appendix III and IV
TYPES = frozenset(
    [
        "article",
        "article-journal",
        "article-magazine",
        "article-newspaper",
        "bill",
        "book",
        "broadcast",
        "chapter",
        "classic",
        "collection",
        "dataset",
        "document",
        "entry",
        "entry-dictionary",
        "entry-encyclopedia",
        "event",
        "figure",
        "graphic",
        "hearing",
        "interview",
        "legal_case",
        "legislation",
        "manuscript",
        "map",
        "motion_picture",
        "musical_score",
        "pamphlet",
        "paper-conference",
        "patent",
        "performance",
        "periodical",
        "personal_communication",
        "post",
        "post-weblog",
        "regulation",
        "report",
        "review",
        "review-book",
        "software",
        "song",
        "speech",
        "standard",
        "thesis",
        "treaty",
        "webpage",
    ]
)
NAMES = frozenset(
    [
        "author",
        "chair",
        "collection-editor",
        "compiler",
        "composer",
        "container-author",
        "contributor",
        "curator",
        "director",
        "editor",
        "editorial-director",
        "executive-producer",
        "guest",
        "host",
        "interviewer",
        "illustrator",
        "narrator",
        "organizer",
        "original-author",
        "performer",
        "producer",
        "recipient",
        "reviewed-author",
        "script-writer",
        "series-creator",
        "translator",
    ]
)
DATES = frozenset(["accessed", "available-date", "event-date", "issued", "original-date", "submitted"])
WORDS = frozenset(
    [
        "abstract",
        "annote",
        "archive",
        "archive_collection",
        "archive_location",
        "archive-place",
        "authority",
        "call-number",
        "chapter-number",
        "citation-number",
        "citation-label",
        "citation-key",
        "collection-number",
        "collection-title",
        "container-title",
        "container-title-short",
        "dimensions",
        "division",
        "DOI",
        "edition",
        "event",
        "event-title",
        "event-place",
        "first-reference-note-number",
        "genre",
        "ISBN",
        "ISSN",
        "issue",
        "jurisdiction",
        "keyword",
        "language",
        "locator",
        "medium",
        "note",
        "number",
        "number-of-pages",
        "number-of-volumes",
        "original-publisher",
        "original-publisher-place",
        "original-title",
        "page",
        "page-first",
        "part",
        "part-title",
        "PMCID",
        "PMID",
        "printing",
        "publisher",
        "publisher-place",
        "references",
        "reviewed-genre",
        "reviewed-title",
        "scale",
        "section",
        "source",
        "status",
        "supplement",
        "title",
        "title-short",
        "URL",
        "version",
        "volume",
        "volume-title",
        "volume-title-short",
        "year-suffix",
        "journalAbbreviation",
        "shortTitle",
    ]
)
_NAME_PARTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal")


def csl_item(value: dict[str, Any], line: int) -> tuple[Item, list[Trouble]]:
    key = plain(value.get("id"))
    troubles: list[Trouble] = []
    kind = string(value.get("type"))
    if kind not in TYPES:
        troubles.append(Trouble(line, "unknown-type", kind, key))
    item: Item = {"id": key, "type": kind if kind in TYPES else "document"}
    for name in value:
        if name in WORDS and (text := plain(value[name])):
            item[name] = text
        elif name in NAMES and isinstance(value[name], list):
            if names := [n for person in value[name] if isinstance(person, dict) and (n := _name(person))]:
                item[name] = names
        elif name in DATES:
            made, understood = _date(value[name])
            if made:
                item[name] = made
            if not understood:
                troubles.append(Trouble(line, "bad-date", string(value[name]) or str(value[name])[:60], key))
    if "page" in item:
        item["page"] = pages_of(item["page"])
    if written := item.pop("DOI", ""):
        if doi := doi_of(written):
            item["DOI"] = doi
        else:
            troubles.append(Trouble(line, "bad-doi", written, key))
    if isinstance(value.get("custom"), dict):
        item["custom"] = {k: v for k, v in value["custom"].items() if k not in ("file", "line", "form")}
    return item, troubles


def _name(person: dict[str, Any]) -> dict[str, str]:
    return {part: text for part in _NAME_PARTS if (text := plain(person.get(part)))}


def _date(value: Any) -> tuple[dict[str, Any] | None, bool]:
    if isinstance(value, str | int):
        return date_of(string(value))
    if not isinstance(value, dict):
        return None, value is None
    made: dict[str, Any] = {}
    parts = value.get("date-parts")
    if isinstance(parts, list):
        read = [date_of("-".join(string(p) for p in part if string(p)))[0] for part in parts[:2] if isinstance(part, list)]
        good = [r["date-parts"][0] for r in read if r and "date-parts" in r]
        if good and len(good) == len([r for r in read if r]):
            made["date-parts"] = good
    if not made and (written := plain(value.get("raw")) or plain(value.get("literal"))):
        return date_of(written) if "raw" in value else ({"literal": written}, True)
    for name in ("season", "circa"):
        if made and value.get(name) not in (None, "", False):
            made[name] = value[name]
    said = any(string(p) for part in parts if isinstance(part, list) for p in part) if isinstance(parts, list) else False
    return (made or None), bool(made) or not said
