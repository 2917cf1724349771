"""What follows from activities here: they are joined to the agreement that covers them, and both sides may say how it went."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tertia.act.activities.hooks import after_signing, after_writing
from tertia.act.partnerships.actions import ask_assessment, join_activity
from tertia.act.partnerships.models import AgreementParty
from tertia.act.partnerships.queries import living_between
from tertia.core.actions.actor import Actor
from tertia.core.parties.merging import declare_conflict

__all__ = ["ask_how_it_went", "cover", "one_agreement"]


@after_writing
def cover(activity: Any) -> None:
    """Where exactly one agreement between the university and the host is in force on the day, the activity was done under it."""
    if activity.host_id is None:
        return
    found = list(living_between(activity.owner_id, activity.host_id, activity.starts_on)[:2])
    if len(found) == 1:
        join_activity(by=Actor.system("partnerships"), activity=activity, agreement=found[0])


@after_signing
def ask_how_it_went(sheet: Any, on: Any) -> None:
    """The host has signed: it is asked how it went."""
    host = sheet.activity.host
    if host is not None and host.pk != sheet.owner_id and host.parent_id != sheet.owner_id:
        ask_assessment(by=Actor.system("partnerships"), record=sheet.activity, party=host, on=on)


@declare_conflict
def one_agreement(into: Any, gone: Any) -> list[str]:
    """Two that stand on two sides of one agreement cannot become one silently."""
    both = AgreementParty.objects.filter(organisation=into, agreement__parties__organisation=gone).exclude(
        agreement__state__in=("withdrawn", "ended", "refused")
    )
    return [
        _("Both are sides of the agreement “%(title)s”. End it or change its sides first.") % {"title": p.agreement.title}
        for p in both.select_related("agreement")[:3]
    ]
