"""Needs, as moderation knows them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from tertia.listen.moderation.words import Moderated, declare_moderated
from tertia.listen.needs.desk_actions import reinstate_need
from tertia.listen.needs.models import Need


def _reinstate(ruling: Any) -> None:
    reinstate_need(Need.objects.get(pk=ruling.subject_id))


def _text(ids: list[int]) -> dict[int, Any]:
    return dict(Need.objects.filter(pk__in=ids).values_list("pk", "title"))


declare_moderated(Moderated("need", _("Need"), _("Needs"), _reinstate, _text))
