"""What surveys show on Listen."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from tertia.core.panels.declare import StageLink, declare_stage_link
from tertia.listen.surveys.models import Survey


def _line(request: Any) -> str:
    count = Survey.objects.filter(visibility="public", state="open").count()
    return ngettext("%(n)d survey is open", "%(n)d surveys are open", count) % {"n": count}


declare_stage_link(StageLink("listen", 40, "surveys", gettext_lazy("Surveys"), _line))
