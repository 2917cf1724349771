"""Public bodies say which needs are urgent for them. Who may say it is fixed: whoever acts for a ministry or an akimat."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import roles
from tertia.core.languages.text import Text
from tertia.core.parties.models import Organisation
from tertia.listen.needs.models import Need

__all__ = ["MAY_MARK", "PUBLIC_BODIES", "bodies_of", "mark_urgent", "take_back_urgent"]

PUBLIC_BODIES = (Organisation.Kind.MINISTRY, Organisation.Kind.AKIMAT)
MAY_MARK = ("office", "leader", "editor", "partner")


def bodies_of(actor: Any) -> QuerySet[Organisation]:
    """The public bodies for which the actor may speak."""
    return Organisation.objects.filter(pk__in=actor.organisations(*MAY_MARK), kind__in=PUBLIC_BODIES, merged_into=None)


@action("needs.mark_urgent", may=roles(*MAY_MARK, of="party.pk"), about="need")
def mark_urgent(*, by: Any, need: Need, party: Organisation, words: Text, on: dt.date) -> Need:
    """A public body says that a public need is urgent, and why. Raises BadInput, WrongState."""
    if party.kind not in PUBLIC_BODIES:
        raise BadInput(Fault("party", _("A ministry or an akimat says what is urgent.")))
    if not words:
        raise BadInput(Fault("words", _("Say why it is urgent.")))
    need = lock(need)
    require_state(need, "raised", "asked", "answered")
    if need.visibility != "public":
        raise BadInput(Fault("", _("Only a public need can be marked as urgent.")))
    if need.urgent_for_id not in (None, party.pk):
        raise BadInput(Fault("party", _("Another public body has marked it already.")))
    if need.urgent_for_id is None:
        need.urgent_on = on
    need.urgent_for, need.urgent_words = party, words
    need.save()
    return need


@action("needs.take_back_urgent", may=roles(*MAY_MARK, of="need.urgent_for_id"), about="need")
def take_back_urgent(*, by: Any, need: Need) -> Need:
    """The body that marked it says that it is no longer urgent."""
    need = lock(need)
    need.urgent_for, need.urgent_on, need.urgent_words = None, None, Text({})
    need.save()
    return need
