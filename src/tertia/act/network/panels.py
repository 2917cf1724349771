"""The network at the head of Act."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from tertia.act.network.models import Measurement
from tertia.core.panels.declare import StageLink, declare_stage_link


def _line(request: Any) -> str:
    kept = (
        Measurement.objects.filter(period="all", layer="bodies")
        .order_by("owner")
        .values_list("body__components", "body__communities")
        .first()
    )
    if kept is None or not kept[1]:
        return ""
    return ngettext("%(n)d community", "%(n)d communities", kept[1]) % {"n": kept[1]}


declare_stage_link(StageLink("act", 28, "network", gettext_lazy("Network"), _line))
