"""How the sign-in library meets Tertia: letters go through the outbox, a confirmed address finds its person."""

from __future__ import annotations

import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import email_confirmed
from django.dispatch import receiver
from django.utils.translation import get_language

from tertia.core.actions.actor import Actor
from tertia.core.messages.outbox import write_message
from tertia.core.parties.actions import claim_person
from tertia.core.periods.clock import today

__all__ = ["AccountAdapter"]


class AccountAdapter(DefaultAccountAdapter):
    """The library's own adapter, but for where letters go."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        message = self.render_mail(template_prefix, email, context)
        digest = hashlib.sha256(f"{message.subject}{message.body}".encode()).hexdigest()[:24]
        write_message(
            key=f"account:{email}:{digest}", to=email, language=(get_language() or "en")[:2],
            subject=message.subject.strip(), body=str(message.body),
        )  # fmt: skip


@receiver(email_confirmed)
def person_of_confirmed_address(email_address: Any, **_: Any) -> None:
    """Whoever has confirmed an address is the person known by it, or a new one."""
    claim_person(by=Actor.system("sign-in"), account=email_address.user, today=today())
