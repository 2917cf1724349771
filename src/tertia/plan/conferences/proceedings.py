"""Accepted papers as proceedings: deposit for DOIs in Crossref's XML, and BibTeX. No Django.

Source: Crossref's metadata deposit schema 5.3.1, the elements of a conference (event, proceedings, papers). The schema itself was not at hand;
the elements, their order and what is needed follow its documentation.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

__all__ = ["Author", "Event", "Printed", "bibtex", "crossref_deposit", "doi_for"]

_NS = "http://www.crossref.org/schema/5.3.1"
_PREFIX = re.compile(r"10\.\d{4,9}")


@dataclass(frozen=True)
class Author:
    """As printed: given names first, the family name last, unless a comma turns them."""

    name: str
    affiliation: str = ""
    orcid: str = ""

    @property
    def parts(self) -> tuple[str, str]:
        """(given, family); with one word there is a family name only."""
        if "," in self.name:
            family, given = (p.strip() for p in self.name.split(",", 1))
            return given, family
        *given, family = self.name.split() or [self.name]
        return " ".join(given), family


@dataclass(frozen=True)
class Printed:
    """An accepted paper: `address` is where whoever follows the DOI arrives."""

    number: int
    title: str
    authors: tuple[Author, ...]
    doi: str
    address: str
    language: str


@dataclass(frozen=True)
class Event:
    """The conference whose papers they are. `email`: to whom Crossref reports."""

    name: str
    place: str
    starts_on: dt.date
    ends_on: dt.date
    publisher: str
    email: str
    slug: str


def doi_for(prefix: str, slug: str, number: int) -> str:
    """`10.12345/the-city-2026.7`. Raises ValueError for a prefix that Crossref does not give."""
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"{prefix!r} is no DOI prefix; write 10. and the figures of your registrant, such as 10.12345")
    return f"{prefix}/{slug}.{number}"


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, f"{{{_NS}}}{tag}", attributes)
    if text:
        made.text = text
    return made


def crossref_deposit(event: Event, papers: Sequence[Printed], *, batch: str, now: dt.datetime) -> bytes:
    """The file to be deposited, UTF-8. Papers without a DOI are left out; raises ValueError where none has one."""
    with_doi = [p for p in papers if p.doi]
    if not with_doi:
        raise ValueError("no paper has a DOI yet")
    ET.register_namespace("", _NS)
    root = ET.Element(f"{{{_NS}}}doi_batch", {"version": "5.3.1"})
    head = _add(root, "head")
    _add(head, "doi_batch_id", batch)
    _add(head, "timestamp", f"{now:%Y%m%d%H%M%S}")
    depositor = _add(head, "depositor")
    _add(depositor, "depositor_name", event.publisher)
    _add(depositor, "email_address", event.email)
    _add(head, "registrant", event.publisher)
    conference = _add(_add(root, "body"), "conference")
    about = _add(conference, "event_metadata")
    _add(about, "conference_name", event.name)
    if event.place:
        _add(about, "conference_location", event.place)
    first, last = event.starts_on, event.ends_on
    _add(
        about, "conference_date", f"{first:%Y-%m-%d} – {last:%Y-%m-%d}", start_month=f"{first:%m}", start_day=f"{first:%d}", start_year=f"{first:%Y}",
        end_month=f"{last:%m}", end_day=f"{last:%d}", end_year=f"{last:%Y}",
    )  # fmt: skip
    proceedings = _add(conference, "proceedings_metadata")
    _add(proceedings, "proceedings_title", event.name)
    _add(_add(proceedings, "publisher"), "publisher_name", event.publisher)
    _year(proceedings, last)
    _add(proceedings, "noisbn", reason="simple_series")
    for paper in with_doi:
        _paper(conference, paper, last)
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _year(parent: ET.Element, on: dt.date) -> None:
    _add(_add(parent, "publication_date", media_type="online"), "year", str(on.year))


def _paper(conference: ET.Element, paper: Printed, on: dt.date) -> None:
    made = _add(conference, "conference_paper", language=paper.language)
    people = _add(made, "contributors")
    for n, author in enumerate(paper.authors):
        given, family = author.parts
        person = _add(people, "person_name", sequence="first" if n == 0 else "additional", contributor_role="author")
        if given:
            _add(person, "given_name", given)
        _add(person, "surname", family)
        if author.affiliation:
            _add(_add(_add(person, "affiliations"), "institution"), "institution_name", author.affiliation)
        if author.orcid:
            _add(person, "ORCID", f"https://orcid.org/{author.orcid}")
    _add(_add(made, "titles"), "title", paper.title)
    _year(made, on)
    data = _add(made, "doi_data")
    _add(data, "doi", paper.doi)
    _add(data, "resource", paper.address)


def _tex(text: str) -> str:
    """Signs that BibTeX would read as its own."""
    return re.sub(r"([&%$#_{}])", r"\\\1", text.replace("\\", ""))


def bibtex(event: Event, papers: Sequence[Printed]) -> str:
    """One entry for each paper, by number."""
    entries = []
    for p in papers:
        fields = {
            "author": " and ".join(", ".join(filter(None, reversed(a.parts))) for a in p.authors), "title": p.title, "booktitle": event.name,
            "publisher": event.publisher, "year": str(event.ends_on.year), "doi": p.doi, "url": p.address,
        }  # fmt: skip
        body = ",\n".join(f"  {k} = {{{_tex(v) if k != 'url' else v}}}" for k, v in fields.items() if v)
        entries.append(f"@inproceedings{{{event.slug}-{p.number},\n{body}\n}}\n")
    return "\n".join(entries)
