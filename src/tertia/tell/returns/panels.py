"""Returns at the head of Tell."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from tertia.core.panels.declare import StageLink, declare_stage_link

declare_stage_link(StageLink("tell", 60, "returns", gettext_lazy("Returns for others")))
