"""The queue of a shift: who waits longest gets the place that becomes free, and is told."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tertia.act.volunteering.letters import write_to
from tertia.act.volunteering.links import mine_url
from tertia.act.volunteering.models import Shift, SignUp
from tertia.act.volunteering.sentences import moment
from tertia.core.periods import clock

__all__ = ["fill_from_queue"]


def fill_from_queue(shift: Shift) -> list[SignUp]:
    """Inside an action that holds the locked shift: give its free places to those who wait, in their order."""
    if shift.called_off or shift.starts_at <= clock.now() or shift.taken >= shift.places:
        return []
    moved = list(SignUp.objects.filter(shift=shift, waiting=True).select_related("person").order_by("number")[: shift.places - shift.taken])
    for row in moved:
        row.waiting = False
        row.save()
        _tell(shift, row)
    if moved:
        shift.taken += len(moved)
        shift.save()
    return moved


def _tell(shift: Shift, row: SignUp) -> None:
    def words(title: str, language: str) -> tuple[str, str]:
        body = _("A place became free on %(shift)s, and it is yours. If it no longer suits you, step back with one click:")
        return _("You have a place: %(title)s") % {"title": title}, f"{body % {'shift': moment(shift)}}\n{mine_url(language)}"

    write_to(row.person, shift.opportunity, f"place:{row.pk}:{shift.version}", words)
