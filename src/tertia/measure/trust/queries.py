"""What the office is shown of signs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tertia.core.records.models import Record
from tertia.measure.indicators.queries import current_facts
from tertia.measure.trust.signs import SIGNS, Sign, find_signs

__all__ = ["Seen", "WORDS", "signs_for"]

#: what is seen, and what may be an honest reason
WORDS = {
    "overlapping-times": (
        _("People in two places at once"),
        _("The activities overlap and name the same people. Perhaps a time is wrong."),
    ),
    "longer-than-the-activity": (_("More hours than the activity lasted"), _("Perhaps preparing was counted; then say so.")),
    "too-many-hours-in-a-day": (_("More than sixteen hours in a day"), _("Perhaps several days stand on one sheet.")),
    "many-signed-at-once": (
        _("Several activities signed within a minute"),
        _("One list of one event is normal; several at once deserve a call."),
    ),
    "signed-by-the-university-itself": (_("Signed by the university itself"), _("Hours count when the other side has signed them.")),
    "copied-list": (_("The same list on two days"), _("The same people with the same hours. Perhaps a series; perhaps a copy.")),
    "not-on-the-list": (_("Students who are not enrolled that year"), _("Perhaps the list of people is old; bring it up to date.")),
}


@dataclass(frozen=True)
class Seen:
    """A sign with the records that the reader opens."""

    sign: Sign
    record: Record | None
    other: Record | None


def signs_for(organisation: Any, actor: Any) -> list[tuple[str, Any, Any, list[Seen]]]:
    """Signs of the actor's university, from the facts of this moment: kind, title, reason, what was seen. Empty kinds are left out."""
    with current_facts(organisation, "participation", "member") as facts:
        found = find_signs(facts, organisation.slug)
    ids = {s.activity for s in found} | {s.other for s in found if s.other}
    records = {r.pk: r for r in Record.objects.visible_to(actor).filter(pk__in=ids)}
    grouped = {kind: [Seen(s, records.get(s.activity), records.get(s.other or 0)) for s in found if s.kind == kind] for kind in SIGNS}
    return [(kind, *WORDS[kind], rows) for kind, rows in grouped.items() if rows]
