"""The door to the statistics of the regions on the page of the stage."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.panels.declare import StageLink, declare_stage_link
from tertia.listen.region.queries import series_for


def _line(request: Any) -> str:
    count = series_for(ANONYMOUS).count()
    return ngettext("%(n)d statistic, 20 regions", "%(n)d statistics, 20 regions", count) % {"n": count}


declare_stage_link(StageLink("listen", 60, "regions", gettext_lazy("The region in figures"), _line))
