"""Which channels are open, which systems are told, and what a person says to what went wrong."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import KEEPERS, OFFICE, roles
from tertia.core.messages.calls import refusal_of
from tertia.core.periods import clock
from tertia.tell.channels.models import Delivery, Hook, Settings

__all__ = ["add_hook", "drop_hook", "open_channels", "replay_hook", "settle_unclear"]


@action("channels.open", may=roles(*KEEPERS, of="owner.pk"))
def open_channels(*, by: Any, owner: Any, fediverse: bool, telegram: str, telegram_language: str) -> Settings:
    """Say by which ways stories go out from now on; nothing that came out before is sent."""
    telegram = telegram.strip()
    if telegram and not re.fullmatch(r"@[A-Za-z]\w{4,31}|-?\d{5,20}", telegram):
        raise BadInput(Fault("telegram", _("Write the channel as @name, or its number.")))
    made = Settings.objects.filter(owner=owner).first() or Settings(owner=owner)
    made.fediverse, made.telegram, made.telegram_language = fediverse, telegram, telegram_language
    made.save()
    return made


@action("channels.add_hook", may=roles(*KEEPERS, of="owner.pk"))
def add_hook(*, by: Any, owner: Any, url: str, words: str = "") -> Hook:
    if refusal_of(url) in ("scheme", "inner"):
        raise BadInput(Fault("url", _("The address begins with https:// and leads to a server on the public net.")))
    if Hook.objects.filter(owner=owner, url=url).exists():
        raise BadInput(Fault("url", _("This address is told already.")))
    made = Hook(owner=owner, url=url[:500], words=words.strip()[:200], since=clock.now())
    made.save()
    return made


@action("channels.drop_hook", may=roles(*KEEPERS, of="hook.owner_id"), about="hook")
def drop_hook(*, by: Any, hook: Hook) -> Hook:
    """It is told no more; what is on its way to it stops."""
    hook = lock(hook)
    hook.active = False
    hook.save()
    return hook


@action("channels.replay_hook", may=roles(*KEEPERS, of="hook.owner_id"), about="hook")
def replay_hook(*, by: Any, hook: Hook, since: dt.date) -> Hook:
    """Send once more what was put out since a day, under the same ids: who has it already knows it again."""
    hook = lock(hook)
    if not hook.active:
        raise BadInput(Fault("since", _("This address is told no more.")))
    again = Delivery.objects.filter(hook=hook, made_at__date__gte=since).exclude(state=Delivery.State.SENDING)
    again.update(state=Delivery.State.WAITING, attempts=0, next_at=clock.now(), answer="")
    hook.replayed_at = clock.now()
    hook.save()
    return hook


@action("channels.settle_unclear", may=roles(*OFFICE, of="delivery.owner_id"))
def settle_unclear(*, by: Any, delivery: Delivery, there: bool) -> Settings | None:
    """A person has looked whether it is there: it is noted, or sent again."""
    found = lock(delivery)
    if found.state in (Delivery.State.UNCLEAR, Delivery.State.GIVEN_UP):
        found.state = Delivery.State.SENT if there else Delivery.State.WAITING
        found.attempts, found.next_at, found.answer = 0, clock.now(), ""
        found.save()
    return Settings.objects.filter(owner=delivery.owner_id).first()
