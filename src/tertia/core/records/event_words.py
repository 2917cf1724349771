"""How an event is told to people: each app says the words for its own actions."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

__all__ = ["declare_event_words", "event_words"]

_WORDS: dict[str, Any] = {
    "records.link": _("It was joined with another record"),
    "records.unlink": _("A link to another record was taken away"),
    "records.write_version": _("A language version was written"),
    "records.hand_over": _("What was owed was handed over"),
    "access.issue_pass": _("A link was made for somebody without an account"),
    "access.revoke_pass": _("A link was taken back"),
}


def declare_event_words(words: dict[str, Any]) -> None:
    _WORDS.update(words)


def event_words(action: str) -> Any:
    return _WORDS.get(action, _("It was changed"))
