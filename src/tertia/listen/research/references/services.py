"""Works as Crossref's and OpenAlex' services give them, as CSL-JSON."""

from __future__ import annotations

from typing import Any

from tertia.listen.research.references.cleaning import date_of, doi_of, isbn_of, issn_of, orcid_of, pages_of, plain, ror_of, string
from tertia.listen.research.references.model import Item, Trouble
from tertia.listen.research.references.names import name_of

__all__ = ["crossref_item", "is_crossref", "is_openalex", "openalex_item"]

_CROSSREF = {
    "journal-article": "article-journal", "book-chapter": "chapter", "book-section": "chapter", "book-part": "chapter", "book-track": "chapter",
    "proceedings-article": "paper-conference", "report": "report", "report-component": "report", "report-series": "report", "dataset": "dataset",
    "database": "dataset", "posted-content": "article", "journal": "periodical", "journal-issue": "periodical", "journal-volume": "periodical",
    "reference-entry": "entry", "monograph": "book", "book": "book", "edited-book": "book", "reference-book": "book", "book-set": "book",
    "book-series": "book", "proceedings": "book", "proceedings-series": "book", "dissertation": "thesis", "peer-review": "review",
    "standard": "standard", "standard-series": "standard", "component": "document", "grant": "document", "other": "document", "": "document",
}  # fmt: skip
_OPENALEX = {
    "article": "article-journal", "review": "article-journal", "letter": "article-journal", "editorial": "article-journal", "erratum": "article-journal",
    "retraction": "article-journal", "book-chapter": "chapter", "book-section": "chapter", "book": "book", "dataset": "dataset", "preprint": "article",
    "dissertation": "thesis", "report": "report", "reference-entry": "entry", "peer-review": "review", "standard": "standard", "software": "software",
    "paratext": "document", "libguides": "webpage", "other": "document", "supplementary-materials": "document", "grant": "document", "": "document",
}  # fmt: skip


def is_crossref(value: dict[str, Any]) -> bool:
    return (
        isinstance(value.get("title"), list)
        or isinstance(value.get("container-title"), list)
        or "reference-count" in value
        or ("prefix" in value and "member" in value)
    )


def is_openalex(value: dict[str, Any]) -> bool:
    return "authorships" in value or "openalex.org/" in string(value.get("id")) or "abstract_inverted_index" in value


def _kind(written: str, known: dict[str, str], line: int, key: str, troubles: list[Trouble]) -> str:
    if written not in known:
        troubles.append(Trouble(line, "unknown-type", written, key))
    return known.get(written, "document")


def _first(value: Any) -> str:
    return plain(value[0]) if isinstance(value, list) and value else plain(value)


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _put(item: Item, **values: Any) -> None:
    item.update({k.replace("_", "-"): v for k, v in values.items() if v})


def crossref_item(value: dict[str, Any], line: int) -> tuple[Item, list[Trouble]]:
    """Source: Crossref REST API, format of a work. Any field may be missing."""
    troubles: list[Trouble] = []
    written = string(value.get("DOI"))
    doi = doi_of(written)
    if written and not doi:
        troubles.append(Trouble(line, "bad-doi", written))
    item: Item = {"id": doi, "type": _kind(string(value.get("type")), _CROSSREF, line, doi, troubles)}
    title, subtitle = _first(value.get("title")), _first(value.get("subtitle"))
    if subtitle and subtitle.lower() not in title.lower():
        title = f"{title}{' ' if title.endswith(('?', '!', ':')) else ': '}{subtitle}" if title else subtitle
    _put(
        item, title=title, container_title=_first(value.get("container-title")), container_title_short=_first(value.get("short-container-title")),
        volume=plain(value.get("volume")), issue=plain(value.get("issue")), page=pages_of(value.get("page")), number=plain(value.get("article-number")),
        publisher=plain(value.get("publisher")), publisher_place=plain(value.get("publisher-location")), edition=plain(value.get("edition-number")),
        abstract=plain(value.get("abstract")), language=plain(value.get("language")), DOI=doi, ISSN=issn_of(_first(value.get("ISSN"))),
        ISBN=isbn_of(_first(value.get("ISBN"))), URL=string(value.get("URL")).strip(), keyword="; ".join(s for v in _strings(value.get("subject")) if (s := plain(v))),
    )  # fmt: skip
    event = value.get("event")
    if isinstance(event, dict):
        _put(item, event_title=plain(event.get("name")), event_place=plain(event.get("location")))
    for role in ("author", "editor", "translator"):
        if names := [n for person in _dicts(value.get(role)) if (n := _crossref_name(person))]:
            item[role] = names
    for source in ("issued", "published", "published-print", "published-online", "posted", "approved"):
        if parts := _date_parts(value.get(source)):
            item["issued"] = {"date-parts": [parts]}
            break
    custom = _crossref_custom(value)
    if custom:
        item["custom"] = custom
    return item, troubles


def _strings(value: Any) -> list[str]:
    return [v for v in value if isinstance(v, str) and v] if isinstance(value, list) else []


def _crossref_name(person: dict[str, Any]) -> dict[str, str]:
    family, given = plain(person.get("family")), plain(person.get("given"))
    if not family:
        literal = plain(person.get("name")) or given
        return {"literal": literal} if literal else {}
    made = {"family": family, "given": given, "suffix": plain(person.get("suffix"))}
    return {k: v for k, v in made.items() if v}


def _date_parts(value: Any) -> list[int]:
    """The first date as far as it is said; none for [[null]]."""
    parts = value.get("date-parts") if isinstance(value, dict) else None
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    written = "-".join(string(p) for p in first if string(p))
    made = date_of(written)[0] if written else None
    return made["date-parts"][0] if made and "date-parts" in made else []


def _crossref_custom(value: dict[str, Any]) -> dict[str, Any]:
    authors = [p for p in _dicts(value.get("author")) if _crossref_name(p)]
    orcids = [orcid_of(p.get("ORCID")) or None for p in authors]
    places = [[_affiliation(a) for a in _dicts(p.get("affiliation"))] or None for p in authors]
    funding = [
        _said(name=plain(f.get("name")), doi=doi_of(f.get("DOI")), awards=[plain(a) for a in _strings(f.get("award"))], ror=_ror_in(f))
        for f in _dicts(value.get("funder"))
    ]
    updates = [{"type": string(u.get("type")), "DOI": doi_of(u.get("DOI"))} for u in _dicts(value.get("updated-by"))]
    made = {
        "orcids": orcids if any(orcids) else None, "affiliations": places if any(places) else None, "funding": [f for f in funding if f],
        "updates": updates, "retracted": any(u["type"] in ("retraction", "removal", "withdrawal") for u in updates),
        "amends": [{"type": string(u.get("type")), "DOI": doi_of(u.get("DOI"))} for u in _dicts(value.get("update-to"))],
    }  # fmt: skip
    return {k: v for k, v in made.items() if v}


def _affiliation(place: dict[str, Any]) -> dict[str, str]:
    return _said(name=plain(place.get("name")), ror=_ror_in(place))


def _ror_in(body: dict[str, Any]) -> str:
    """The ROR among the identifiers that Crossref gives of a body."""
    return next((r for r in (ror_of(i.get("id")) for i in _dicts(body.get("id"))) if r), "")


def _said(**values: Any) -> dict[str, Any]:
    """What is said of it, without what is not."""
    return {k: v for k, v in values.items() if v}


def openalex_item(value: dict[str, Any], line: int) -> tuple[Item, list[Trouble]]:
    """Source: OpenAlex, object Work. Names come as one string, so they are parted as BibTeX parts them."""
    troubles: list[Trouble] = []
    address = string(value.get("id"))
    key = address.rstrip("/").rsplit("/", 1)[-1]
    item: Item = {"id": key, "type": _kind(string(value.get("type")), {**_CROSSREF, **_OPENALEX}, line, key, troubles)}
    place = value.get("primary_location") if isinstance(value.get("primary_location"), dict) else {}
    source = place.get("source") or value.get("host_venue") or {}
    source = source if isinstance(source, dict) else {}
    if string(source.get("type")) == "conference" and item["type"] == "article-journal":
        item["type"] = "paper-conference"
    volume = value.get("biblio") if isinstance(value.get("biblio"), dict) else {}
    first, last = plain(volume.get("first_page")), plain(volume.get("last_page"))
    ids = value.get("ids") if isinstance(value.get("ids"), dict) else {}
    _put(
        item, title=plain(value.get("title") or value.get("display_name")), container_title=plain(source.get("display_name")),
        ISSN=issn_of(source.get("issn_l") or _first(source.get("issn"))), publisher=plain(source.get("host_organization_name") or source.get("publisher")),
        volume=plain(volume.get("volume")), issue=plain(volume.get("issue")), page=f"{first}-{last}" if last and last != first and first else first,
        language=plain(value.get("language")), DOI=doi_of(value.get("doi") or ids.get("doi")), PMID=string(ids.get("pmid")).rstrip("/").rsplit("/", 1)[-1],
        URL=string(place.get("landing_page_url")).strip(), abstract=_abstract(value.get("abstract_inverted_index")),
        keyword="; ".join(k for w in _dicts(value.get("keywords")) if (k := plain(w.get("display_name") or w.get("keyword")))),
    )  # fmt: skip
    made, understood = date_of(string(value.get("publication_date")) or string(value.get("publication_year")))
    if made and understood:
        item["issued"] = made
    people = _dicts(value.get("authorships"))
    named = [(p, n) for p in people if (n := name_of(plain((p.get("author") or {}).get("display_name") or p.get("raw_author_name"))))]
    if named:
        item["author"] = [n for _p, n in named]
    item["custom"] = _openalex_custom(value, [p for p, _n in named], address)
    return item, troubles


def _abstract(index: Any) -> str:
    """Words put back to their places; a place beyond 20,000 is none."""
    if not isinstance(index, dict):
        return ""
    placed = [(n, w) for w, places in index.items() if isinstance(places, list) for n in places if isinstance(n, int) and 0 <= n < 20_000]
    return plain(" ".join(word for _n, word in sorted(placed)))


def _openalex_custom(value: dict[str, Any], people: list[dict[str, Any]], address: str) -> dict[str, Any]:
    orcids = [orcid_of((p.get("author") or {}).get("orcid")) or None for p in people]
    places = [
        [
            _said(name=plain(i.get("display_name")), ror=ror_of(i.get("ror")), country=plain(i.get("country_code")))
            for i in _dicts(p.get("institutions"))
        ]
        or None
        for p in people
    ]
    funding = [
        _said(
            name=plain(g.get("funder_display_name") or g.get("display_name")), ror=ror_of(g.get("ror")),
            awards=_strings([plain(g.get("award_id") or g.get("funder_award_id"))]),
        )
        for g in [*_dicts(value.get("grants")), *_dicts(value.get("awards")), *_dicts(value.get("funders"))]
    ]  # fmt: skip
    made = {
        "openalex": address if "openalex.org/" in address else "", "orcids": orcids if any(orcids) else None, "affiliations": places if any(places) else None,
        "funding": [f for f in funding if f], "retracted": value.get("is_retracted") is True,
    }  # fmt: skip
    return {k: v for k, v in made.items() if v}
