"""Setting voices aside that look like one who votes for many, and counting them again. Both are told in public, with their number."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import WORKERS, roles, system
from tertia.listen.dialogue.jobs import draw_soon
from tertia.listen.dialogue.models import Conversation, Voice
from tertia.listen.dialogue.stuffing import SIGNS

__all__ = ["count_again", "forget_networks", "set_aside"]


@action("dialogue.set_aside", may=roles(*WORKERS, of="conversation.owner_id"), about="conversation")
def set_aside(*, by: Any, conversation: Conversation, voices: list[int], sign: str) -> int:
    """These voices are not counted any more, because of a sign of stuffing. Nothing is deleted; `count_again` takes it back."""
    if sign not in SIGNS:
        raise BadInput(Fault("sign", _("Say by which sign.")))
    count = Voice.objects.filter(conversation=conversation, pk__in=voices, aside="").update(aside=sign)
    draw_soon(conversation, f"aside-{sign}-{count}")
    return count


@action("dialogue.take_back", may=roles(*WORKERS, of="conversation.owner_id"), about="conversation")
def count_again(*, by: Any, conversation: Conversation, sign: str) -> int:
    count = Voice.objects.filter(conversation=conversation, aside=sign).update(aside="")
    draw_soon(conversation, f"again-{sign}-{count}")
    return count


@action("dialogue.forget_networks", may=system, traceless=True)
def forget_networks(*, by: Any, before: dt.date) -> int:
    """Empty the networks of voices that began before a day."""
    return Voice.objects.filter(begun_on__lt=before).exclude(network="").update(network="")
