"""A resolution as Akoma Ntoso 1.0 (OASIS Standard, 29 August 2018): one expression for each language, clauses by lasting ids. No database.

A work is named `/akn/COUNTRY/statement/resolution/BODY/DAY/NUMBER`, an expression adds `LANGUAGE@DAY`. Ids follow the naming convention (Part 2,
section 5): the group of recommendations is a section, a recommendation a paragraph, what stands under it a subparagraph; they come from positions,
which are frozen with the text, so that the same clause has the same id in every language and every export.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

__all__ = ["Clause", "Group", "Statement", "akoma_ntoso"]

_NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
#: ISO 639-2, as the standard wants languages
_LANGUAGES = {"kk": "kaz", "ru": "rus", "en": "eng"}


@dataclass(frozen=True)
class Clause:
    """A recommendation: its position, the mark that is printed before it, its text, what stands under it."""

    position: int
    mark: str
    text: str
    parts: tuple[Clause, ...] = ()


@dataclass(frozen=True)
class Group:
    """Recommendations under one lead-in, such as “It is recommended to the ministry:”."""

    number: int
    lead_in: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Statement:
    """A resolution in one language. `body`: short name of who keeps it in addresses; `adopter`: the body that adopted it, as printed."""

    body: str
    adopter: str
    number: str
    title: str
    adopted_on: dt.date
    language: str
    original: str
    groups: tuple[Group, ...]
    country: str = "kz"
    #: digest of the frozen text
    digest: str = ""


def akoma_ntoso(statement: Statement) -> bytes:
    """The document as XML in UTF-8. Raises ValueError for a language that it does not know or a statement without a clause."""
    from lxml import etree  # slow library

    if statement.language not in _LANGUAGES or not any(group.clauses for group in statement.groups):
        raise ValueError("a statement has clauses in Kazakh, Russian or English")

    def add(parent: Any, name: str, words: str = "", /, **attributes: str) -> Any:
        child = etree.SubElement(parent, f"{{{_NAMESPACE}}}{name}", {k.rstrip("_"): v for k, v in attributes.items()})
        if words:
            child.text = words
        return child

    root = etree.Element(f"{{{_NAMESPACE}}}akomaNtoso", nsmap={None: _NAMESPACE})
    whole = add(root, "statement", name="resolution", contains="originalVersion")
    _meta(add, whole, statement)
    preface = add(whole, "preface", eId="preface")
    add(add(preface, "p"), "docTitle", statement.title)
    line = add(preface, "p")
    add(line, "docProponent", statement.adopter)
    day = add(line, "docDate", statement.adopted_on.isoformat(), date=statement.adopted_on.isoformat())
    if statement.number:
        day.tail = " "
        add(line, "docNumber", statement.number)
    main = add(whole, "mainBody", eId="body")
    for group in statement.groups:
        section = add(main, "section", eId=f"sec_{group.number}")
        if group.lead_in:
            add(add(section, "intro", eId=f"sec_{group.number}__intro"), "p", group.lead_in)
        for clause in group.clauses:
            _clause(add, section, clause, f"sec_{group.number}", ("paragraph", "para"))
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return made


def _clause(add: Any, parent: Any, clause: Clause, above: str, kind: tuple[str, str]) -> None:
    eid = f"{above}__{kind[1]}_{clause.position}"
    made = add(parent, kind[0], eId=eid)
    if clause.mark:
        add(made, "num", clause.mark)
    if not clause.parts:
        add(add(made, "content", eId=f"{eid}__content"), "p", clause.text)
        return
    add(add(made, "intro", eId=f"{eid}__intro"), "p", clause.text)
    for part in clause.parts:
        _clause(add, made, part, eid, ("subparagraph", "subpara"))


def _meta(add: Any, whole: Any, statement: Statement) -> None:
    day, language = statement.adopted_on.isoformat(), _LANGUAGES[statement.language]
    work = f"/akn/{statement.country}/statement/resolution/{statement.body}/{day}/{statement.number or 'nn'}"
    expression = f"{work}/{language}@{day}"
    meta = add(whole, "meta")
    identification = add(meta, "identification", source="#tertia")
    for level, uri, this in (
        ("FRBRWork", work, f"{work}/!main"), ("FRBRExpression", expression, f"{expression}/!main"), ("FRBRManifestation", f"{expression}.xml", f"{expression}/!main.xml"),
    ):  # fmt: skip
        part = add(identification, level)
        add(part, "FRBRthis", value=this)
        add(part, "FRBRuri", value=uri)
        if level == "FRBRWork" and statement.digest:
            add(part, "FRBRalias", name="sha256", value=statement.digest)
        add(part, "FRBRdate", date=day, name="adoption")
        add(part, "FRBRauthor", href="#adopter", as_="#author")
        if level == "FRBRWork":
            add(part, "FRBRcountry", value=statement.country)
            add(part, "FRBRsubtype", value="resolution")
            if statement.number:
                add(part, "FRBRnumber", value=statement.number)
        elif level == "FRBRExpression":
            add(part, "FRBRlanguage", language=language)
            if statement.original != statement.language and statement.original in _LANGUAGES:
                add(
                    part,
                    "FRBRtranslation",
                    href=f"{work}/{_LANGUAGES[statement.original]}@{day}",
                    by="#adopter",
                    fromLanguage=_LANGUAGES[statement.original],
                )
        else:
            add(part, "FRBRformat", value="application/akn+xml")
    references = add(meta, "references", source="#tertia")
    add(
        references,
        "TLCOrganization",
        eId="adopter",
        href=f"/akn/ontology/organization/{statement.country}/{statement.body}",
        showAs=statement.adopter or statement.body,
    )
    add(references, "TLCOrganization", eId="tertia", href="/akn/ontology/organization/tertia", showAs="Tertia")
    add(references, "TLCRole", eId="author", href="/akn/ontology/role/author", showAs="Author")
