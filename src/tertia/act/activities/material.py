"""What an activity gives to a story: when and where, with whom, how many, how long, what came of it, and the photographs that may be shown."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tertia.act.activities.models import Activity, Participation
from tertia.core.languages.templatetags.languages import day, num, plain
from tertia.core.records.material import Material, Picture, declare_material

__all__ = ["of_activity"]


def of_activity(record: Any) -> Material:
    activity = Activity.objects.select_related("host", "unit").prefetch_related("photos__file").get(pk=record.pk)
    rows = Participation.objects.filter(sheet__activity=activity)
    people, hours = rows.values("person", "pk").count(), rows.aggregate(h=Sum("hours_signed"))["h"]
    where = f", {activity.where}" if activity.where else ""
    lines = [f"{day(activity.starts_on)}{where}."]
    if activity.host:
        lines.append(_("Together with %(host)s.") % {"host": plain(activity.host.name)})
    if people:
        lines.append(
            ngettext("%(n)d person of the university took part.", "%(n)d people of the university took part.", people) % {"n": people}
        )
    if hours:
        lines.append(_("%(hours)s hours, signed by the host.") % {"hours": num(hours)})
    if activity.reached:
        lines.append(
            ngettext("%(n)d person from outside came.", "%(n)d people from outside came.", activity.reached) % {"n": activity.reached}
        )
    if outputs := activity.outputs.read((get_language() or "en")[:2]).text:
        lines.append(outputs)
    agreed = {
        "nobody": "",
        "asked": _("those on it were asked"),
        "paper": _("those on it have signed"),
        "parents": _("the parents have signed"),
    }
    pictures = [Picture(p.file, p.words, str(agreed[p.consent])) for p in activity.photos.all()]
    return Material(lines, [activity.host] if activity.host else [], pictures)


declare_material("activity", of_activity)
