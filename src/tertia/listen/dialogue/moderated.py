"""Statements, as moderation knows them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from tertia.core.actions.action import lock
from tertia.listen.dialogue.actions.statements import publish
from tertia.listen.dialogue.models import Statement
from tertia.listen.moderation.words import Moderated, declare_moderated


def _reinstate(ruling: Any) -> None:
    publish(lock(Statement.objects.get(pk=ruling.subject_id)))


def _text(ids: list[int]) -> dict[int, Any]:
    return dict(Statement.objects.filter(pk__in=ids).values_list("pk", "words"))


declare_moderated(Moderated("statement", _("Statement"), _("Statements"), _reinstate, _text))
