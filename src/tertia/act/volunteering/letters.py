"""A letter to one person about one opportunity, in the language of its reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import translation

from tertia.core.messages.models import Message
from tertia.core.messages.outbox import write_message

__all__ = ["write_to"]


def write_to(
    person: Any, opportunity: Any, key: str, words: Callable[[str, str], tuple[str, str]], *, urgency: str = Message.Urgency.AT_ONCE
) -> bool:
    """Inside an action: `words(title, language)` gives subject and body. False where the person has no address."""
    if not person.email:
        return False
    with translation.override(person.language):
        subject, body = words(opportunity.title.read(person.language).text, person.language)
        write_message(
            key=key, to=person.email, language=person.language, person=person, organisation=opportunity.owner, record=opportunity, urgency=urgency,
            demonstration=opportunity.demonstration, subject=subject, body=body,
        )  # fmt: skip
    return True
