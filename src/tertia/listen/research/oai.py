"""What an OAI-PMH provider says: arguments checked, tokens of resumption, records in Dublin Core. No Django.

Source: "The Open Archives Initiative Protocol for Metadata Harvesting", version 2.0 (2015-01-08), and its guidelines for repositories. Datestamps are UTC to the
second. A token holds where the last answer ended, so nothing is kept between two requests and a harvest may be broken off and go on days later.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from tertia.listen.research.references.cleaning import issued_of, written_date
from tertia.listen.research.references.model import Item
from tertia.listen.research.references.names import turned

__all__ = ["Asked", "OaiError", "Shown", "answer", "asked", "dublin_core", "errors"]

_OAI = "http://www.openarchives.org/OAI/2.0/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_DC = "http://purl.org/dc/elements/1.1/"
_OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
#: verb → (needed, allowed beside them, exclusive)
_VERBS: dict[str, tuple[set[str], set[str], str]] = {
    "Identify": (set(), set(), ""),
    "ListMetadataFormats": (set(), {"identifier"}, ""),
    "ListSets": (set(), set(), "resumptionToken"),
    "GetRecord": ({"identifier", "metadataPrefix"}, set(), ""),
    "ListIdentifiers": ({"metadataPrefix"}, {"from", "until", "set"}, "resumptionToken"),
    "ListRecords": ({"metadataPrefix"}, {"from", "until", "set"}, "resumptionToken"),
}
_DAY, _SECOND = re.compile(r"\d{4}-\d{2}-\d{2}"), re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
#: what no XML 1.0 may hold
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class OaiError(Exception):
    """`code` is one of the protocol's."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


@dataclass(frozen=True)
class Asked:
    """A request that follows the protocol. `after`: (datestamp, number) of the last record of the answer before; `told`: how many were told."""

    verb: str
    prefix: str = ""
    identifier: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    part: str = ""
    after: tuple[str, int] | None = None
    told: int = 0

    def token(self, after: tuple[str, int], told: int) -> str:
        """What the next request has to send."""
        said = [self.prefix, _stamp(self.since), _stamp(self.until), self.part, *after, told]
        return base64.urlsafe_b64encode(json.dumps(said, separators=(",", ":")).encode()).decode().rstrip("=")


@dataclass(frozen=True)
class Shown:
    """A record as it is harvested; without `metadata` it was withdrawn."""

    identifier: str
    stamp: dt.datetime
    sets: tuple[str, ...]
    metadata: ET.Element | None = None


def asked(given: Mapping[str, Sequence[str]]) -> Asked:
    """Check the arguments of a request. Raises OaiError."""
    twice = [name for name, values in given.items() if len(values) > 1]
    if twice:
        raise OaiError("badArgument", f"{twice[0]} is given twice")
    one = {name: values[0] for name, values in given.items()}
    verb = one.pop("verb", "")
    if verb not in _VERBS:
        raise OaiError("badVerb", f"{verb!r} is none of {', '.join(_VERBS)}")
    needed, allowed, exclusive = _VERBS[verb]
    if exclusive and exclusive in one:
        if len(one) > 1:
            raise OaiError("badArgument", f"{exclusive} stands alone")
        return _resumed(verb, one[exclusive])
    unknown = set(one) - needed - allowed
    missing = needed - set(one)
    if unknown or missing:
        raise OaiError("badArgument", f"{verb} takes no {sorted(unknown)[0]}" if unknown else f"{verb} needs {sorted(missing)[0]}")
    prefix = one.get("metadataPrefix", "")
    if prefix and prefix != "oai_dc":
        raise OaiError("cannotDisseminateFormat", f"{prefix} is not offered; oai_dc is")
    since, until = _moment(one.get("from"), False), _moment(one.get("until"), True)
    if len(one.get("from", "") or one.get("until", "")) != len(one.get("until", "") or one.get("from", "")):
        raise OaiError("badArgument", "from and until have to be of one granularity")
    if since and until and since > until:
        raise OaiError("badArgument", "from is later than until")
    return Asked(verb, prefix, one.get("identifier", ""), since, until, one.get("set", ""))


def _moment(text: str | None, last: bool) -> dt.datetime | None:
    if text is None:
        return None
    try:
        if _DAY.fullmatch(text):
            day = dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)
            return day + dt.timedelta(days=1, seconds=-1) if last else day
        if _SECOND.fullmatch(text):
            return dt.datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        pass
    raise OaiError("badArgument", f"{text!r} is no date such as 2026-11-24 or 2026-11-24T08:00:00Z")


def _resumed(verb: str, token: str) -> Asked:
    if verb == "ListSets":
        raise OaiError("badResumptionToken", "the list of sets comes whole")
    try:
        prefix, since, until, part, stamp, number, told = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        if prefix != "oai_dc" or not isinstance(number, int) or not isinstance(told, int) or not isinstance(part, str):
            raise ValueError(token)
        dt.datetime.fromisoformat(stamp)
        return Asked(verb, prefix, "", _moment(since or None, False), _moment(until or None, True), part, (stamp, number), told)
    except (ValueError, TypeError, AttributeError, binascii.Error, OaiError):
        raise OaiError("badResumptionToken", "this token is none of ours") from None


def _stamp(moment: dt.datetime | None) -> str:
    return f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}" if moment else ""


def clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, f"{{{_OAI}}}{tag}", attributes)
    if text:
        made.text = clean(text)
    return made


def _root(address: str, now: dt.datetime, attributes: Mapping[str, str]) -> ET.Element:
    ET.register_namespace("", _OAI)
    ET.register_namespace("xsi", _XSI)
    ET.register_namespace("dc", _DC)
    ET.register_namespace("oai_dc", _OAI_DC)
    root = ET.Element(f"{{{_OAI}}}OAI-PMH", {f"{{{_XSI}}}schemaLocation": f"{_OAI} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"})
    _add(root, "responseDate", _stamp(now))
    _add(root, "request", address, **{k: clean(v) for k, v in attributes.items()})
    return root


def errors(address: str, now: dt.datetime, error: OaiError, given: Mapping[str, str]) -> bytes:
    """The answer to a request that does not follow the protocol. Its arguments are repeated unless they are what is wrong."""
    root = _root(address, now, {} if error.code in ("badVerb", "badArgument") else given)
    _add(root, "error", str(error), code=error.code)
    return _written(root)


def answer(address: str, now: dt.datetime, given: Mapping[str, str], verb: str, said: Mapping[str, Any]) -> bytes:
    """`said`: what the verb tells. Identify: name, emails, earliest. ListSets: sets (code, name). GetRecord: record. Lists: records, token, told, total."""
    root = _root(address, now, given)
    body = _add(root, verb)
    if verb == "Identify":
        _add(body, "repositoryName", said["name"])
        _add(body, "baseURL", address)
        _add(body, "protocolVersion", "2.0")
        for email in said["emails"]:
            _add(body, "adminEmail", email)
        _add(body, "earliestDatestamp", _stamp(said["earliest"]))
        _add(body, "deletedRecord", "transient")
        _add(body, "granularity", "YYYY-MM-DDThh:mm:ssZ")
    elif verb == "ListMetadataFormats":
        one = _add(body, "metadataFormat")
        _add(one, "metadataPrefix", "oai_dc")
        _add(one, "schema", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
        _add(one, "metadataNamespace", _OAI_DC)
    elif verb == "ListSets":
        for code, name in said["sets"]:
            one = _add(body, "set")
            _add(one, "setSpec", code)
            _add(one, "setName", name)
    elif verb == "GetRecord":
        _record(body, said["record"])
    else:
        for record in said["records"]:
            _record(body, record) if verb == "ListRecords" else _header(body, record)
        if said["token"] or said["told"]:
            _add(body, "resumptionToken", said["token"], completeListSize=str(said["total"]), cursor=str(said["told"]))
    return _written(root)


def _header(parent: ET.Element, record: Shown) -> None:
    head = _add(parent, "header", **({} if record.metadata is not None else {"status": "deleted"}))
    _add(head, "identifier", record.identifier)
    _add(head, "datestamp", _stamp(record.stamp))
    for code in record.sets:
        _add(head, "setSpec", code)


def _record(parent: ET.Element, record: Shown) -> None:
    made = _add(parent, "record")
    _header(made, record)
    if record.metadata is not None:
        _add(made, "metadata").append(record.metadata)


def _written(root: ET.Element) -> bytes:
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


_DC_TYPES = {
    "dataset": "Dataset",
    "software": "Software",
    "webpage": "InteractiveResource",
    "map": "StillImage",
    "motion_picture": "MovingImage",
}


def dublin_core(
    item: Item, *, titles: Sequence[tuple[str, str]], summaries: Sequence[tuple[str, str]], address: str, publisher: str, place: Sequence[tuple[str, str]] = ()
) -> ET.Element:  # fmt: skip
    """Unqualified Dublin Core; titles, summaries and places in every language in which they stand: pairs of language and words."""
    root = ET.Element(f"{{{_OAI_DC}}}dc", {f"{{{_XSI}}}schemaLocation": f"{_OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd"})

    def add(name: str, text: str, language: str = "") -> None:
        if text:
            made = ET.SubElement(root, f"{{{_DC}}}{name}", {"{http://www.w3.org/XML/1998/namespace}lang": language} if language else {})
            made.text = clean(text)

    for language, text in titles:
        add("title", text, language)
    for name in item.get("author", ()):
        add("creator", turned(name))
    for word in item.get("keyword", "").split(";"):
        add("subject", word.strip())
    for language, text in summaries:
        add("description", text, language)
    add("publisher", item.get("publisher", "") or publisher)
    add("date", written_date(issued_of(item)))
    add("type", _DC_TYPES.get(item.get("type", ""), "Text"))
    add("type", item.get("type", ""))
    add("identifier", address)
    if item.get("DOI"):
        add("identifier", f"https://doi.org/{item['DOI']}")
    add("source", item.get("container-title", ""))
    add("language", item.get("language", ""))
    for language, text in place:
        add("coverage", text, language)
    return root
