"""Arguments, as moderation knows them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from tertia.core.actions.action import lock
from tertia.listen.moderation.words import Moderated, declare_moderated
from tertia.listen.proposals.models import Argument


def _reinstate(ruling: Any) -> None:
    argument = lock(Argument.objects.get(pk=ruling.subject_id))
    argument.shown = True
    argument.save()


def _text(ids: list[int]) -> dict[int, Any]:
    return dict(Argument.objects.filter(pk__in=ids).values_list("pk", "words"))


declare_moderated(Moderated("argument", _("Argument"), _("Arguments"), _reinstate, _text))
