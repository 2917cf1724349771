"""A conference to search engines: an Event of several days."""

from __future__ import annotations

from typing import Any

from tertia.core.languages.templatetags.languages import plain
from tertia.core.records.schema import declare_schema, organisation_schema

__all__ = ["of_conference"]


def of_conference(conference: Any) -> dict[str, Any]:
    if conference.starts_on is None:
        return {}
    place = plain(conference.venue) or plain(conference.owner.name)
    return {
        "@type": "Event", "startDate": conference.starts_on.isoformat(), "endDate": (conference.ends_on or conference.starts_on).isoformat(), "organizer": organisation_schema(conference.owner),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode", "location": {"@type": "Place", "name": place, "address": place},
    }  # fmt: skip


declare_schema("conference", of_conference)
