"""A list in CSL-JSON written as BibTeX, RIS, CSL-JSON and schema.org. What was read from one of them comes back the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from tertia.listen.research.references.bibtex import TYPES as BIBTEX_TYPES
from tertia.listen.research.references.cleaning import issn_of, issued_of, written_date
from tertia.listen.research.references.model import Item, without_place
from tertia.listen.research.references.names import whole
from tertia.listen.research.references.ris import TYPES as RIS_TYPES

__all__ = ["WRITERS", "as_bibtex", "as_csl", "as_ris", "schema_org"]

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_PREFERRED = {"book": "book", "chapter": "incollection", "thesis": "phdthesis", "report": "techreport", "document": "misc", "webpage": "online", "dataset": "dataset"}  # fmt: skip
_TO_BIBTEX = {**{csl: kind for kind, csl in reversed(BIBTEX_TYPES.items())}, **_PREFERRED}
_TO_RIS = {
    **{csl: kind for kind, csl in reversed(RIS_TYPES.items())},
    "document": "GEN",
    "chapter": "CHAP",
    "article": "INPR",
    "webpage": "ELEC",
}
#: what LaTeX reads as a sign of its own; braces by their names, because BibTeX counts those that are escaped too
_SPECIAL = {"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}  # fmt: skip
_PERIODICAL = ("article", "article-journal", "article-magazine", "article-newspaper", "periodical", "review")


def _tex(text: str) -> str:
    return "".join(_SPECIAL.get(letter, letter) for letter in text).replace("\n", " ")


def as_bibtex(items: Iterable[Item]) -> Iterator[str]:
    """One entry a piece, UTF-8; keys are the ids, without what a key must not hold."""
    used: dict[str, int] = {}
    for item in items:
        kind = item["type"]
        key = re.sub(r"[\s\"#%'(),={}\\~]+", "-", item["id"]).strip("-") or "work"
        used[key] = used.get(key, 0) + 1
        if used[key] > 1:
            key += f"-{used[key]}"
        fields = [(n, v) for n, v in _bibtex_fields(item) if v]
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields)
        yield f"@{_TO_BIBTEX.get(kind, 'misc')}{{{key},\n{lines}}}\n\n"


def _bibtex_fields(item: Item) -> Iterator[tuple[str, str]]:
    kind, year = item["type"], issued_of(item)
    yield "title", f"{{{_tex(item['title'])}}}" if item.get("title") else ""
    for role in ("author", "editor", "translator"):
        yield role, " and ".join(_bibtex_name(n) for n in item.get(role, ()))
    container = "journal" if kind in _PERIODICAL else "booktitle"
    yield container, _tex(item.get("container-title", ""))
    yield "series", _tex(item.get("collection-title", ""))
    yield "volume", _tex(item.get("volume", ""))
    yield "number", _tex(item.get("issue", "") or item.get("collection-number", "") or item.get("number", ""))
    yield "pages", _tex(item.get("page", "")).replace("-", "--")
    yield "edition", _tex(item.get("edition", ""))
    yield {"thesis": "school", "report": "institution"}.get(kind, "publisher"), _tex(item.get("publisher", ""))
    yield "address", _tex(item.get("publisher-place", ""))
    yield "type", _tex(item.get("genre", ""))
    yield "year", str(year[0]) if year else _tex(item.get("issued", {}).get("literal", ""))
    yield "month", str(year[1]) if len(year) > 1 else ""
    yield "day", str(year[2]) if len(year) > 2 else ""
    yield "doi", item.get("DOI", "")
    yield "isbn", item.get("ISBN", "")
    yield "issn", item.get("ISSN", "")
    yield "url", _address(item.get("URL", ""))
    yield "langid", item.get("language", "")
    yield "keywords", _tex(item.get("keyword", ""))
    yield "abstract", _tex(item.get("abstract", ""))
    yield "note", _tex(item.get("note", ""))


def _address(url: str) -> str:
    """Braces would unbalance the entry; in an address they are written by their numbers (RFC 3986)."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C").replace(" ", "%20")


def _bibtex_name(name: dict[str, str]) -> str:
    if "literal" in name or "family" not in name:
        return f"{{{_tex(name.get('literal') or name.get('given', ''))}}}"
    particle = name.get("non-dropping-particle") or name.get("dropping-particle", "")
    family = _tex(name["family"])
    if particle == "" and family[:1].islower() and " " in family or re.search(r"\sand\s|,", family):
        family = f"{{{family}}}"
    parts = [f"{_tex(particle)} {family}".strip()]
    if name.get("suffix"):
        parts.append(_tex(name["suffix"]))
    parts.append(_protected(_tex(name.get("given", ""))))
    return ", ".join(p for p in parts if p) if name.get("given") or name.get("suffix") else (family if particle else f"{family},")


def _protected(text: str) -> str:
    return f"{{{text}}}" if re.search(r"\sand\s|,", text) else text


def as_ris(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        lines = [f"{tag}  - {' '.join(value.split())}".rstrip() for tag, value in _ris_lines(item) if value]
        yield "\r\n".join([f"TY  - {_TO_RIS.get(item['type'], 'GEN')}", *lines, "ER  - ", "", ""])


def _ris_lines(item: Item) -> Iterator[tuple[str, str]]:
    yield "ID", item["id"]
    yield "TI", item.get("title", "")
    for role, tag in (("author", "AU"), ("editor", "ED"), ("translator", "A4")):
        for name in item.get(role, ()):
            yield tag, _ris_name(name)
    yield ("T3" if item["type"] in ("book", "classic") else "T2"), item.get("container-title", "")
    if item["type"] not in ("book", "classic") or "container-title" not in item:
        yield "T3", item.get("collection-title", "")
    year = issued_of(item)
    if year:
        yield "PY", str(year[0])
        yield "DA", "/".join([f"{year[0]}", *(f"{p:02}" for p in year[1:])]) if len(year) > 1 else ""
    else:
        yield "PY", item.get("issued", {}).get("literal", "")
    yield "VL", item.get("volume", "")
    yield "IS", item.get("issue", "") or item.get("number", "")
    first, _dash, last = item.get("page", "").partition("-")
    yield "SP", first
    yield "EP", last
    for tag, name in (("PB", "publisher"), ("CY", "publisher-place"), ("ET", "edition"), ("DO", "DOI"), ("UR", "URL"), ("LA", "language"), ("M3", "genre"), ("AB", "abstract"), ("N1", "note")):  # fmt: skip
        yield tag, item.get(name, "")
    yield "SN", item.get("ISBN", "")
    yield "SN", item.get("ISSN", "")
    for word in item.get("keyword", "").split("; "):
        yield "KW", word


def _ris_name(name: dict[str, str]) -> str:
    """A body ends with a comma, so that no reader takes its last word for a family name."""
    if "family" not in name:
        return f"{name.get('literal') or name.get('given', '')},"
    particle = name.get("non-dropping-particle") or name.get("dropping-particle", "")
    parts = [f"{particle} {name['family']}".strip(), name.get("given", ""), name.get("suffix", "")]
    return ", ".join(parts).rstrip(", ") if parts[1] or parts[2] else f"{parts[0]}, "


def as_csl(items: Iterable[Item]) -> Iterator[str]:
    """A list in CSL-JSON; `custom.file` and `custom.line` belong to the file that was read, so they stay behind."""
    yield "["
    for n, item in enumerate(items):
        yield (",\n" if n else "\n") + json.dumps(without_place(item), ensure_ascii=False)
    yield "\n]\n"


WRITERS = {"bibtex": as_bibtex, "ris": as_ris, "csl-json": as_csl}
_SCHEMA = {
    "article-journal": "ScholarlyArticle", "article": "ScholarlyArticle", "paper-conference": "ScholarlyArticle", "chapter": "Chapter", "book": "Book",
    "thesis": "Thesis", "report": "Report", "dataset": "Dataset", "article-newspaper": "NewsArticle", "webpage": "WebPage", "software": "SoftwareSourceCode",
}  # fmt: skip


def schema_org(item: Item, address: str = "") -> dict[str, Any]:
    """The work in the words of schema.org, as search engines read them from a page."""
    custom = item.get("custom", {})
    orcids = custom.get("orcids") or []
    made: dict[str, Any] = {
        "@context": "https://schema.org", "@type": _SCHEMA.get(item["type"], "CreativeWork"), "@id": address, "name": item.get("title", ""),
        "author": [_schema_name(n, orcids[k] if k < len(orcids) else None) for k, n in enumerate(item.get("author", ()))],
        "datePublished": written_date(issued_of(item)),
        "publisher": {"@type": "Organization", "name": item["publisher"]} if item.get("publisher") else None,
        "isPartOf": _schema_container(item), "pagination": item.get("page", ""), "abstract": item.get("abstract", ""), "inLanguage": item.get("language", ""),
        "keywords": item.get("keyword", ""), "isbn": item.get("ISBN", ""), "url": item.get("URL", ""),
        "identifier": {"@type": "PropertyValue", "propertyID": "DOI", "value": item["DOI"]} if item.get("DOI") else None,
        "sameAs": f"https://doi.org/{item['DOI']}" if item.get("DOI") else "",
        "funder": [_schema_funder(f) for f in custom.get("funding", ()) if f.get("name")],
    }  # fmt: skip
    return {k: v for k, v in made.items() if v}


def _schema_funder(funder: dict[str, Any]) -> dict[str, str]:
    return {"@type": "Organization", "name": funder["name"], **({"@id": funder["ror"]} if funder.get("ror") else {})}


def _schema_name(name: dict[str, str], orcid: str | None) -> dict[str, str]:
    if "family" not in name:
        return {"@type": "Organization", "name": name.get("literal") or name.get("given", "")}
    made = {
        "@type": "Person",
        "name": whole(name),
        "familyName": name["family"],
        "givenName": name.get("given", ""),
    }
    if orcid:
        made["@id"] = f"https://orcid.org/{orcid}"
    return {k: v for k, v in made.items() if v}


def _schema_container(item: Item) -> dict[str, Any] | None:
    if not item.get("container-title"):
        return None
    made: dict[str, Any] = {
        "@type": "Periodical" if item["type"] in _PERIODICAL else "Book",
        "name": item["container-title"],
        "issn": issn_of(item.get("ISSN", "")),
    }
    if item["type"] in _PERIODICAL and item.get("volume"):
        made = {"@type": "PublicationVolume", "volumeNumber": item["volume"], "isPartOf": {k: v for k, v in made.items() if v}}
    if item["type"] in _PERIODICAL and item.get("issue"):
        made = {"@type": "PublicationIssue", "issueNumber": item["issue"], "isPartOf": made}
    return {k: v for k, v in made.items() if v}
