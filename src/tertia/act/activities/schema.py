"""An activity to search engines: an Event with its place and who holds it."""

from __future__ import annotations

from typing import Any

from tertia.core.languages.templatetags.languages import plain
from tertia.core.records.schema import declare_schema, organisation_schema

__all__ = ["of_activity"]


def of_activity(activity: Any) -> dict[str, Any]:
    place = (
        activity.where
        or (plain(activity.place.name) if activity.place else "")
        or (plain(activity.host.name) if activity.host else plain(activity.owner.name))
    )
    state = "https://schema.org/EventCancelled" if activity.state == "withdrawn" else "https://schema.org/EventScheduled"
    hosts = [organisation_schema(o) for o in (activity.owner, activity.host) if o]
    return {
        "@type": "Event", "startDate": activity.starts_at.isoformat(), "endDate": activity.ends_at.isoformat(), "eventStatus": state, "organizer": hosts,
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode", "location": {"@type": "Place", "name": place, "address": place}, "isAccessibleForFree": not activity.paid,
    }  # fmt: skip


declare_schema("activity", of_activity)
