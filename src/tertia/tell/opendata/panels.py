"""Open data at the head of Tell."""

from django.utils.translation import gettext_lazy

from tertia.core.panels.declare import StageLink, declare_stage_link

declare_stage_link(StageLink("tell", 70, "open_data", gettext_lazy("Open data")))
