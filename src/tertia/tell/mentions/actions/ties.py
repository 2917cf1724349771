"""Of what a mention speaks: suggested by Tertia with its reasons, true when a person has said so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import OFFICE, roles, system
from tertia.core.records.actions import join
from tertia.core.records.models import Link, Record, Visibility
from tertia.tell.mentions.kinds import ABOUT
from tertia.tell.mentions.models import Mention, Suggestion
from tertia.tell.mentions.texts.about import Likely

__all__ = ["refuse_suggestion", "suggest_records", "tie_mention", "untie_mention"]

MAY = roles(*OFFICE, of="mention.owner_id")


@action("mentions.suggest", may=system, about="mention")
def suggest_records(*, by: Any, mention: Mention, found: Sequence[Likely]) -> Mention:
    mention = lock(mention)
    for one in found:
        if not Suggestion.objects.filter(mention=mention, record_id=int(one.key)).exists():
            why = {"shared": list(one.shared)[:6], "named": list(one.named)[:3], "days": one.days}
            Suggestion(mention=mention, record_id=int(one.key), score=one.score, why=why).save()
    mention.searched = True
    mention.save()
    return mention


@action("mentions.tie", may=MAY, about="mention")
def tie_mention(*, by: Any, mention: Mention, record: Record, on: dt.date) -> Mention:
    """A person says of what it speaks; a mention that was only found is kept by it."""
    mention = lock(mention)
    require_state(mention, "found", "kept")
    if record.kind not in ABOUT or not Record.objects.visible_to(by).filter(pk=record.pk).exists():
        raise BadInput(Fault("record", _("A mention speaks of a record of this house; choose one from the list.")))
    join(mention, "speaks-of", record)
    _judged(mention, record, Suggestion.Verdict.YES, on)
    if mention.state == "found":
        mention.state, mention.visibility = "kept", Visibility.PUBLIC
        mention.save()
    return mention


def _judged(mention: Mention, record: Record, verdict: str, on: dt.date) -> None:
    for one in Suggestion.objects.filter(mention=mention, record=record):
        one.verdict, one.judged_on = verdict, on
        one.save()


@action("mentions.refuse", may=MAY, about="mention")
def refuse_suggestion(*, by: Any, mention: Mention, record: Record, on: dt.date) -> Mention:
    _judged(mention, record, Suggestion.Verdict.NO, on)
    return mention


@action("mentions.untie", may=MAY, about="mention")
def untie_mention(*, by: Any, mention: Mention, record: Record, on: dt.date) -> Mention:
    for link in Link.objects.filter(lower=mention, upper=record, relation="speaks-of"):
        link.delete()
    _judged(mention, record, Suggestion.Verdict.NO, on)
    return mention
