"""The published rules by which something is not shown, and what an app gives to be moderated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words

__all__ = ["MODERATED", "RULES", "Moderated", "declare_moderated", "rule_words"]

#: code → (name, what it means)
RULES: dict[str, tuple[Any, Any]] = {
    "off-topic": (_("It is about something else"), _("It has nothing to do with the question, or with the region and the university.")),
    "person": (_("It names or describes a private person"), _("Names, telephone numbers, addresses, health, or anything by which a private person is known.")),
    "insult": (_("It insults or threatens"), _("Insults, hatred against a group, threats, calls to violence. Hard criticism of bodies and decisions is not an insult.")),
    "unlawful": (_("The law forbids it"), _("What may not be published by the law of Kazakhstan; the article is named in the reasons.")),
    "advertising": (_("It advertises"), _("Advertising, campaigning for a candidate, or the same text sent many times.")),
    "unclear": (_("One cannot answer it with yes or no"), _("Two claims in one, a question, or words that leave open what is meant. The author is asked to write it anew.")),
    "again": (_("It says what another one says already"), _("The same thing is there in other words; the reasons name where.")),
}  # fmt: skip


@dataclass(frozen=True)
class Moderated:
    """`reinstate(ruling)` publishes after all, inside the action that decides an appeal; `text(ids)` gives the words of the subjects."""

    what: str
    label: Any
    label_plural: Any
    reinstate: Callable[[Any], None]
    text: Callable[[list[int]], dict[int, Any]]


MODERATED: dict[str, Moderated] = {}


def declare_moderated(one: Moderated) -> None:
    MODERATED[one.what] = one


def rule_words(code: str) -> Any:
    return RULES[code][0] if code in RULES else code


declare_event_words(
    {
        "moderation.appeal": _("The author appealed"),
        "moderation.decide_appeal": _("The appeal was decided"),
    }
)
