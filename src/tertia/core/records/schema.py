"""What a record is to search engines (schema.org, as JSON-LD): a room says it of its own kinds, and the record's page carries it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from tertia.core.languages.templatetags.languages import plain

__all__ = ["ORGANISATION_TYPES", "address_of", "as_script", "declare_schema", "organisation_schema", "schema_of"]

ORGANISATION_TYPES = {
    "university": "CollegeOrUniversity", "ministry": "GovernmentOrganization", "akimat": "GovernmentOrganization", "nonprofit": "NGO", "club": "Organization", "business": "Organization",
    "school": "School", "culture": "Organization", "media": "NewsMediaOrganization", "association": "Organization",
}  # fmt: skip
_SOURCES: dict[str, Callable[[Any], dict[str, Any]]] = {}


def declare_schema(kind: str, source: Callable[[Any], dict[str, Any]]) -> None:
    """`source` gives type and fields of a record in the active language; what every record has stands there already."""
    if kind in _SOURCES:
        raise ValueError(f"two schemas for {kind}")
    _SOURCES[kind] = source


def address_of(path: str) -> str:
    return settings.BASE_URL.rstrip("/") + path


def organisation_schema(organisation: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"@type": ORGANISATION_TYPES.get(organisation.kind, "Organization"), "name": plain(organisation.name)}
    if organisation.website:
        made["url"] = organisation.website
    return made


def schema_of(record: Any) -> dict[str, Any]:
    """The record as its room describes it; nothing where it describes none, or where not everybody may read it."""
    source = _SOURCES.get(record.kind)
    if source is None or record.visibility != "public":
        return {}
    language = (get_language() or "en")[:2]
    head = {
        "@context": "https://schema.org",
        "name": plain(record.title),
        "url": address_of(record.get_absolute_url()),
        "inLanguage": record.title.read(language).language,
    }
    if words := plain(record.summary):
        head["description"] = words
    found = source(record)
    return {**head, **{k: v for k, v in found.items() if v}} if found else {}


def as_script(schema: dict[str, Any]) -> SafeString:
    """JSON for a data block of a page: no word of it can end the block."""
    return mark_safe(json.dumps(schema, ensure_ascii=False).replace("<", "\\u003c")) if schema else SafeString("")
