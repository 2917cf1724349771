"""RIS as CSL-JSON: two letters, two spaces, a dash, and what is said. A record runs from TY to ER; a line without a tag goes on with the last one.

Tags and types follow the "RIS Format Specifications" (Research Information Systems) and what EndNote, Mendeley, Zotero and eLIBRARY write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tertia.listen.research.references.cleaning import date_of, doi_of, isbn_of, issn_of, orcid_of, pages_of, plain
from tertia.listen.research.references.model import Item, Trouble, Work
from tertia.listen.research.references.names import Name, name_of

__all__ = ["TYPES", "read_ris"]

TYPES = {
    "JOUR": "article-journal", "EJOUR": "article-journal", "JFULL": "periodical", "MGZN": "article-magazine", "NEWS": "article-newspaper",
    "INPR": "article", "ABST": "article-journal", "BOOK": "book", "EBOOK": "book", "EDBOOK": "book", "SER": "book", "CLSWK": "classic",
    "CHAP": "chapter", "ECHAP": "chapter", "CONF": "paper-conference", "CPAPER": "paper-conference", "THES": "thesis", "RPRT": "report",
    "GOVDOC": "report", "UNPB": "manuscript", "MANSCPT": "manuscript", "PAT": "patent", "COMP": "software", "DATA": "dataset", "AGGR": "dataset",
    "ELEC": "webpage", "WEB": "webpage", "BLOG": "post-weblog", "ENCYC": "entry-encyclopedia", "DICT": "entry-dictionary", "MAP": "map",
    "STAND": "standard", "STAT": "legislation", "LEGAL": "legislation", "CASE": "legal_case", "BILL": "bill", "HEAR": "hearing", "UNBILL": "bill",
    "VIDEO": "motion_picture", "MPCT": "motion_picture", "MULTI": "motion_picture", "ADVS": "motion_picture", "SOUND": "song", "MUSIC": "musical_score",
    "SLIDE": "speech", "PCOMM": "personal_communication", "ICOMM": "personal_communication", "PAMP": "pamphlet", "ART": "graphic", "FIGURE": "figure",
    "GRANT": "document", "GEN": "document", "CTLG": "document", "ANCIENT": "classic", "CHART": "graphic", "EQUA": "document", "DBASE": "dataset",
}  # fmt: skip
_LINE = re.compile(r"^\s{0,3}([A-Z][A-Z0-9])\s{1,2}-(?:\s(.*))?$")
_AUTHORS = {"A1": "author", "AU": "author", "ED": "editor", "A4": "translator"}
_BOOKS = {"book", "classic", "thesis", "report", "software", "webpage", "dataset", "manuscript", "map", "standard", "periodical"}
_SINGLE = {
    "VL": "volume", "PB": "publisher", "CY": "publisher-place", "PP": "publisher-place", "ET": "edition", "LA": "language", "ST": "title-short",
    "CN": "call-number", "NV": "number-of-volumes", "J2": "container-title-short", "SE": "section",
}  # fmt: skip


def read_ris(lines: Iterable[str]) -> Iterator[Work | Trouble]:
    """Works in the order of the file. A record without ER ends where the next one begins."""
    tags: list[tuple[str, str]] = []
    began = 0
    for number, line in enumerate(lines, start=1):
        text = line.rstrip("\r\n").lstrip("﻿")
        found = _LINE.match(text)
        if found and found.group(1) == "TY":
            if tags:
                yield from _read(tags, began)
            tags, began = [("TY", (found.group(2) or "").strip())], number
        elif not tags:
            # exporters number the records, and write a head; a tag outside of a record is a loss
            if found and found.group(1) != "ER":
                yield Trouble(number, "stray-line", text.strip())
        elif found and found.group(1) == "ER":
            yield from _read(tags, began)
            tags = []
        elif found:
            tags.append((found.group(1), (found.group(2) or "").strip()))
        elif text.strip():
            tag, value = tags[-1]
            tags[-1] = (tag, f"{value} {text.strip()}" if tag != "KW" else f"{value}; {text.strip()}")
    if tags:
        yield from _read(tags, began)


def _read(tags: list[tuple[str, str]], line: int) -> Iterator[Work | Trouble]:
    by_tag: dict[str, list[str]] = {}
    for tag, value in tags:
        if value:
            by_tag.setdefault(tag, []).append(value)
    key = plain(_first(by_tag, "ID", "AN"))
    troubles: list[Trouble] = []
    written = _first(by_tag, "TY").upper()
    kind = TYPES.get(written, "")
    if not kind:
        troubles.append(Trouble(line, "unknown-type", written, key))
    item: Item = {"id": key, "type": kind or "document"}
    _titles(by_tag, item)
    _people(by_tag, item)
    for tag, name in _SINGLE.items():
        if value := plain(_first(by_tag, tag)):
            item[name] = value
    _numbers(by_tag, item)
    _identifiers(by_tag, item, troubles, line)
    _dates(by_tag, item, troubles, line)
    _texts(by_tag, item)
    if len(item) == 2:
        yield Trouble(line, "nothing-said", key or written, key)
        return
    yield Work(line, item, troubles)


def _first(by_tag: dict[str, list[str]], *tags: str) -> str:
    return next((by_tag[t][0] for t in tags if by_tag.get(t)), "")


def _titles(by_tag: dict[str, list[str]], item: Item) -> None:
    kind = item["type"]
    title = _first(by_tag, "TI", "T1", "CT") or (_first(by_tag, "BT") if kind in _BOOKS else "")
    container = _first(by_tag, "JF", "T2", "JO", "BT", "JA", "J1") if kind not in ("book", "classic") else ""
    series = _first(by_tag, "T3") or (_first(by_tag, "T2") if kind in ("book", "classic", "report") else "")
    if kind == "report" and container == series:
        container = ""
    for name, value in (("title", title), ("container-title", container), ("collection-title", series)):
        if (text := plain(value)) and text != item.get("title"):
            item[name] = text
    short = plain(_first(by_tag, "JA", "J1", "JO"))
    if short and short != item.get("container-title") and "container-title" in item:
        item["container-title-short"] = short


def _people(by_tag: dict[str, list[str]], item: Item) -> None:
    edited = {
        "chapter": "editor",
        "paper-conference": "editor",
        "book": "editor",
        "entry-encyclopedia": "editor",
        "entry-dictionary": "editor",
    }
    roles = {**_AUTHORS, "A2": edited.get(item["type"], "editor"), "A3": "collection-editor"}
    for tag in ("AU", "A1", "A2", "A3", "A4", "ED"):
        names = [n for value in by_tag.get(tag, ()) for piece in value.split(";") if (n := _name(piece))]
        if names:
            item[roles[tag]] = [*item.get(roles[tag], ()), *names]
    orcids = [orcid_of(v) or None for v in by_tag.get("AO", ())]
    if any(orcids) and len(orcids) == len(item.get("author", ())):
        item["custom"] = {"orcids": orcids}


def _name(text: str) -> Name:
    """`Last, First, Suffix`: the suffix comes last, other than in BibTeX. A comma with nothing behind it marks a body."""
    if text.strip().endswith(","):
        return {"literal": plain(text.strip()[:-1])}
    pieces = [plain(p) for p in text.split(",")]
    if len(pieces) == 3 and pieces[2]:
        return {k: v for k, v in (("family", pieces[0]), ("given", pieces[1]), ("suffix", pieces[2])) if v}
    return name_of(text.replace("{", "").replace("}", ""))


def _numbers(by_tag: dict[str, list[str]], item: Item) -> None:
    issue = plain(_first(by_tag, "IS", "CP"))
    if issue:
        item["issue" if item["type"].startswith(("article", "periodical")) else "number"] = issue
    elif (number := plain(_first(by_tag, "M1"))) and not item["type"].startswith("article"):
        item["number"] = number
    elif number:
        item["issue" if number.isdigit() else "number"] = number
    first, last = pages_of(_first(by_tag, "SP")), pages_of(_first(by_tag, "EP"))
    if first and last and first != last and "-" not in first:
        item["page"] = f"{first}-{last}"
    elif first or last:
        item["page"] = first or last
    if article := plain(_first(by_tag, "C7")):
        item.setdefault("number", article)
    if (genre := plain(_first(by_tag, "M3"))) and not doi_of(genre):
        item["genre"] = genre


def _identifiers(by_tag: dict[str, list[str]], item: Item, troubles: list[Trouble], line: int) -> None:
    written = _first(by_tag, "DO", "DI")
    if written and not doi_of(written):
        troubles.append(Trouble(line, "bad-doi", written, item["id"]))
    elsewhere = [*by_tag.get("M3", ()), *by_tag.get("L3", ()), *(u for u in by_tag.get("UR", ()) if "doi.org/" in u)]
    if doi := next((d for d in (doi_of(v) for v in (written, *elsewhere)) if d), ""):
        item["DOI"] = doi
    urls = [u.strip() for value in by_tag.get("UR", ()) for u in value.split(";") if re.match(r"(?i)\s*(?:https?|ftp)://", u)]
    if url := next((u for u in urls if "doi.org/" not in u), urls[0] if urls else ""):
        item["URL"] = url
    for serial in by_tag.get("SN", ()):
        if isbn := isbn_of(serial):
            item.setdefault("ISBN", isbn)
        elif issn := issn_of(serial):
            item.setdefault("ISSN", issn)


def _dates(by_tag: dict[str, list[str]], item: Item, troubles: list[Trouble], line: int) -> None:
    for target, tags in (("issued", ("DA", "PY", "Y1")), ("accessed", ("Y2",))):
        made, understood = None, True
        for tag in tags:
            # 2014/05/01/spring: what stands behind the third stroke is words
            written = re.sub(r"^(\d{4}(?:/\d{0,2}){0,2}).*$", lambda m: m.group(1).rstrip("/"), _first(by_tag, tag))
            made, understood = date_of(written)
            if made and understood:
                break
        if made:
            item[target] = made
        if not understood:
            troubles.append(Trouble(line, "bad-date", _first(by_tag, *tags), item["id"]))


def _texts(by_tag: dict[str, list[str]], item: Item) -> None:
    if abstract := plain(_first(by_tag, "AB", "N2")):
        item["abstract"] = abstract
    if words := [w for value in by_tag.get("KW", ()) if (w := plain(value))]:
        item["keyword"] = "; ".join(words)
    if notes := [n for value in by_tag.get("N1", ()) if (n := plain(value))]:
        item["note"] = ". ".join(notes)
    if not item["id"]:
        item["id"] = item.get("DOI", "")
