"""The pages of the faculty that a reader may open, and whose university it is."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tertia.core.actions.policies import OFFICE
from tertia.core.parties.models import Membership, Organisation
from tertia.core.parties.queries import home_of
from tertia.core.periods import clock
from tertia.plan.faculty.actions.posts import STAFFING

__all__ = ["nav", "staff_home"]


def staff_home(actor: Any) -> Organisation | None:
    """The university in which the actor works: as staff, or in a role that leads or keeps the office."""
    home = home_of(actor, "office", "leader", "editor", "administrator")
    if home is None and actor.person_id:
        mine = Membership.objects.in_force(clock.today()).filter(person=actor.person_id, standing="staff", organisation__hosts=True)
        found = mine.select_related("organisation").order_by("pk").first()
        home = found.organisation if found else None
    return home


def nav(request: Any, here: str) -> list[tuple[str, str, bool]]:
    """Address, words, and whether it is this page; empty where there is one page only."""
    home, actor = staff_home(request.actor), request.actor
    if home is None:
        return []
    pages = [
        ("profiles", _("Profiles"), True),
        ("assignments", _("Assignments"), True),
        ("faculty_load", _("Load"), actor.has(home.pk, *OFFICE)),
        ("recognitions", _("Recognition"), True),
        ("trainings", _("Training"), True),
        ("faculty_norms", _("Norms"), True),
        ("faculty_posts", _("Posts"), actor.has(home.pk, *STAFFING)),
    ]
    return [(reverse(name), words, name == here) for name, words, shown in pages if shown]
