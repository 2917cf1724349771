"""The doors of institutions on the page of sign-in."""

from __future__ import annotations

from typing import Any

from django import template

from tertia.core.parties.here import asked_host
from tertia.core.parties.queries import university_here
from tertia.core.signin.people import providers_here

register = template.Library()


@register.inclusion_tag("signin/_doors.html")
def signin_doors(after: Any = "") -> dict[str, Any]:
    """Buttons of the servers that sign people in here; `after` is where to go then."""
    return {"providers": providers_here(university_here() if asked_host.get() else None), "after": after or ""}
