"""BibTeX and biblatex as CSL-JSON. What an entry takes from its parent (`crossref`) is taken, wherever in the file the parent stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from tertia.listen.research.references.bibtex_text import Entry, entries
from tertia.listen.research.references.cleaning import date_of, doi_of, isbn_of, issn_of, orcid_of, pages_of
from tertia.listen.research.references.latex import address, unlatex
from tertia.listen.research.references.model import Item, Trouble, Work
from tertia.listen.research.references.names import names_of, split_outside

__all__ = ["TYPES", "read_bibtex"]

TYPES = {
    "article": "article-journal", "periodical": "periodical", "book": "book", "mvbook": "book", "booklet": "pamphlet", "collection": "book",
    "mvcollection": "book", "reference": "book", "mvreference": "book", "manual": "book", "inbook": "chapter", "bookinbook": "chapter",
    "suppbook": "chapter", "incollection": "chapter", "suppcollection": "chapter", "inreference": "entry-encyclopedia",
    "inproceedings": "paper-conference", "conference": "paper-conference", "proceedings": "book", "mvproceedings": "book",
    "mastersthesis": "thesis", "phdthesis": "thesis", "bachelorsthesis": "thesis", "thesis": "thesis", "techreport": "report", "report": "report",
    "unpublished": "manuscript", "misc": "document", "online": "webpage", "electronic": "webpage", "www": "webpage", "patent": "patent",
    "dataset": "dataset", "data": "dataset", "software": "software", "standard": "standard", "legislation": "legislation",
    "jurisdiction": "legal_case", "review": "review", "letter": "personal_communication", "image": "graphic", "video": "motion_picture",
    "movie": "motion_picture", "audio": "song", "music": "song", "performance": "performance",
}  # fmt: skip
_THESES = {"mastersthesis": "Master's thesis", "phdthesis": "PhD thesis", "bachelorsthesis": "Bachelor's thesis"}
_GENRES = {"mathesis": "Master's thesis", "phdthesis": "PhD thesis", "bathesis": "Bachelor's thesis", "techreport": "Technical report", "candthesis": "Candidate thesis"}  # fmt: skip
_PEOPLE = {"author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author", "director": "director"}
_PLAIN = {
    "volume": "volume", "edition": "edition", "abstract": "abstract", "annote": "annote", "annotation": "annote", "chapter": "chapter-number",
    "version": "version", "eventtitle": "event-title", "venue": "event-place", "shorttitle": "title-short", "shortjournal": "container-title-short",
    "volumes": "number-of-volumes", "pagetotal": "number-of-pages", "call-number": "call-number", "origlocation": "original-publisher-place",
}  # fmt: skip
_NOT_FROM_PARENT = {"crossref", "xdata", "ids", "options", "label", "doi", "url", "pages", "abstract", "keywords", "shorttitle"}
_IN = {"inproceedings", "conference", "incollection", "inbook", "suppcollection", "suppbook", "bookinbook", "inreference"}
_DEEPEST = 8


def read_bibtex(lines: Callable[[], Iterable[str]]) -> Iterator[Work | Trouble]:
    """Works in the order of the file. `lines` opens the file anew each time it is called: parents are looked for in a first walk."""
    parents = _parents(lines)
    for found in entries(lines()):
        if isinstance(found, Trouble):
            yield found
            continue
        troubles = list(found.troubles)
        if parents is not None:
            troubles += _inherit(found, parents, 0)
        yield _work(found, troubles)


def _parents(lines: Callable[[], Iterable[str]]) -> dict[str, Entry] | None:
    """Entries that others name as `crossref`, by their keys in small letters. None where nobody names one, so that the file is walked once."""
    if not any("crossref" in line.lower() for line in lines()):
        return None
    wanted = {_target(e) for e in entries(lines()) if isinstance(e, Entry) and "crossref" in e.fields}
    return {e.key.lower(): e for e in entries(lines()) if isinstance(e, Entry) and e.key.lower() in wanted}


def _target(entry: Entry) -> str:
    return address(entry.fields.get("crossref", "")).lower()


def _inherit(entry: Entry, parents: dict[str, Entry], depth: int) -> list[Trouble]:
    """Missing fields out of the parent; the title of a volume becomes the title of the book in which the work stands."""
    target = _target(entry)
    if not target or depth > _DEEPEST:
        return []
    parent = parents.get(target)
    if parent is None or parent is entry:
        return [Trouble(entry.line, "unknown-parent", target, entry.key)]
    if "crossref" in parent.fields and parent.key.lower() != entry.key.lower():
        _inherit(parent, parents, depth + 1)
    had_own = set(entry.fields)
    for name, value in parent.fields.items():
        if name in _NOT_FROM_PARENT:
            continue
        if name in ("title", "subtitle") and entry.kind in _IN:
            entry.fields.setdefault("book" + name, value)
        elif name not in had_own:
            entry.fields[name] = value
    return []


def _work(entry: Entry, troubles: list[Trouble]) -> Work | Trouble:
    fields = entry.fields
    kind = TYPES.get(entry.kind, "")
    if not kind:
        troubles.append(Trouble(entry.line, "unknown-type", "@" + entry.kind, entry.key))
    item: Item = {"id": entry.key, "type": kind or "document"}
    for source, target in _PLAIN.items():
        if value := unlatex(fields.get(source, "")):
            item[target] = value
    _titles(entry, item)
    for source, target in _PEOPLE.items():
        if names := names_of(fields.get(source, ""), unlatex):
            item[target] = names
    _numbers(entry, item)
    _publisher(entry, item)
    _identifiers(entry, item, troubles)
    _dates(entry, item, troubles)
    _rest(entry, item)
    if len(item) == 2:
        return Trouble(entry.line, "nothing-said", entry.key or "@" + entry.kind, entry.key)
    return Work(entry.line, item, troubles)


def _titles(entry: Entry, item: Item) -> None:
    fields = entry.fields
    item["title"] = _with_subtitle(fields, "title", "subtitle", "titleaddon")
    container = _with_subtitle(fields, "booktitle", "booksubtitle", "") or _with_subtitle(fields, "journaltitle", "journalsubtitle", "")
    container = container or unlatex(fields.get("journal", "")) or unlatex(fields.get("maintitle", ""))
    if not item["title"] and container and entry.kind in ("inbook", "proceedings", "periodical"):
        item["title"], container = container, ""
    item["container-title"] = "" if item["title"] and item["type"] == "book" else container
    item["collection-title"] = unlatex(fields.get("series", ""))
    for name in ("title", "container-title", "collection-title"):
        if not item[name]:
            del item[name]


def _with_subtitle(fields: dict[str, str], title: str, subtitle: str, addon: str) -> str:
    made = unlatex(fields.get(title, ""))
    if made and (more := unlatex(fields.get(subtitle, ""))):
        made += (" " if made[-1] in "?!:." else ": ") + more
    if made and addon and (more := unlatex(fields.get(addon, ""))):
        made += ". " + more
    return made


def _numbers(entry: Entry, item: Item) -> None:
    fields, kind = entry.fields, item["type"]
    number = unlatex(fields.get("number", ""))
    issue = unlatex(fields.get("issue", ""))
    if kind in ("article-journal", "periodical"):
        if number or issue:
            item["issue"] = number or issue
    elif number:
        item["collection-number" if kind in ("book", "chapter", "paper-conference") and "series" in fields else "number"] = number
    if pages := pages_of(unlatex(fields.get("pages", ""))):
        item["page"] = pages
    if article := unlatex(fields.get("eid", "") or fields.get("article-number", "")):
        item.setdefault("number", article)


def _publisher(entry: Entry, item: Item) -> None:
    for source in ("publisher", "school", "institution", "organization"):
        bodies = [unlatex(p) for p in split_outside(entry.fields.get(source, ""), re.compile(r"\s+and\s+"))]
        if any(bodies):
            item["publisher"] = "; ".join(b for b in bodies if b)
            break
    if place := unlatex(entry.fields.get("address", "") or entry.fields.get("location", "")):
        item["publisher-place"] = place
    genre = unlatex(entry.fields.get("type", "")) or _THESES.get(entry.kind, "")
    if genre:
        item["genre"] = _GENRES.get(genre.lower(), genre)


def _identifiers(entry: Entry, item: Item, troubles: list[Trouble]) -> None:
    fields = entry.fields
    url = address(fields.get("url", "") or fields.get("howpublished", ""))
    if url and re.match(r"(?i)(?:https?|ftp)://\S+$", url):
        item["URL"] = url
    if written := address(fields.get("doi", "")):
        if doi := doi_of(written):
            item["DOI"] = doi
        else:
            troubles.append(Trouble(entry.line, "bad-doi", written, entry.key))
    elif (doi := doi_of(item.get("URL", ""))) and "doi.org/" in item["URL"]:
        item["DOI"] = doi
    if isbn := isbn_of(fields.get("isbn", "")):
        item["ISBN"] = isbn
    if issn := issn_of(fields.get("issn", "")):
        item["ISSN"] = issn
    for source, target in (("pmid", "PMID"), ("pmcid", "PMCID")):
        if value := address(fields.get(source, "")):
            item[target] = value
    if (eprint := address(fields.get("eprint", ""))) and fields.get("archiveprefix", fields.get("eprinttype", "")).lower() == "arxiv":
        item["archive"], item["archive_location"] = "arXiv", eprint


def _dates(entry: Entry, item: Item, troubles: list[Trouble]) -> None:
    fields = entry.fields
    written = unlatex(fields.get("date", ""))
    if not written and (year := unlatex(fields.get("year", ""))):
        month, day = unlatex(fields.get("month", "")), unlatex(fields.get("day", ""))
        written = f"{year}-{month}-{day}".rstrip("-") if month.isdigit() else f"{day if day.isdigit() else ''} {month} {year}".strip()
        if date_of(written)[1] is False and date_of(year)[1]:
            troubles.append(Trouble(entry.line, "bad-date", written, entry.key))
            written = year
    for text, target in (
        (written, "issued"),
        (unlatex(fields.get("urldate", "")), "accessed"),
        (unlatex(fields.get("eventdate", "")), "event-date"),
    ):
        made, understood = date_of(text)
        if made:
            item[target] = made
        if not understood:
            troubles.append(Trouble(entry.line, "bad-date", text, entry.key))


def _rest(entry: Entry, item: Item) -> None:
    fields = entry.fields
    if language := unlatex(fields.get("langid", "") or fields.get("language", "")):
        item["language"] = _LANGUAGES.get(language.lower(), language)
    if keywords := unlatex(fields.get("keywords", "") or fields.get("keyword", "")):
        item["keyword"] = keywords
    notes = [unlatex(fields.get(n, "")) for n in ("note", "addendum")]
    if (how := fields.get("howpublished")) and "URL" not in item:
        notes.append(unlatex(how))
    if note := ". ".join(n for n in notes if n):
        item["note"] = note
    # exporters of ORCID and of repositories write it this way
    said = fields.get("orcid", "") or fields.get("orcid-numbers", "")
    orcids = [orcid_of(piece) for piece in re.split(r"\s*[,;]\s*|\s+and\s+", said) if piece.strip()]
    if any(orcids) and len(orcids) == len(item.get("author", ())):
        item.setdefault("custom", {})["orcids"] = [o or None for o in orcids]


_LANGUAGES = {
    "english": "en", "american": "en", "british": "en", "usenglish": "en", "ukenglish": "en", "eng": "en", "russian": "ru", "rus": "ru",
    "русский": "ru", "kazakh": "kk", "kaz": "kk", "қазақ": "kk", "қазақша": "kk", "german": "de", "ngerman": "de", "french": "fr",
    "turkish": "tr", "spanish": "es", "chinese": "zh", "uzbek": "uz", "kyrgyz": "ky",
}  # fmt: skip
