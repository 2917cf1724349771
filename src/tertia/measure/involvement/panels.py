"""What self-assessments show on Measure."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.panels.declare import StageLink, declare_stage_link
from tertia.measure.involvement.queries import assessments_for


def _line(request: Any) -> str:
    count = assessments_for(ANONYMOUS).count()
    return ngettext("%(n)d self-assessment, decided with outsiders", "%(n)d self-assessments, decided with outsiders", count) % {"n": count}


declare_stage_link(StageLink("measure", 22, "assessments", gettext_lazy("Involvement"), _line))
