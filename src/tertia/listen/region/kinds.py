"""What a statistic of the region is to the rest of the house."""

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words
from tertia.core.records.kinds import Kind, Lifecycle, declare_kind

__all__ = ["SERIES"]

SERIES = declare_kind(
    Kind(
        name="series",
        label=_("Statistic of the region"),
        label_plural=_("Statistics of the region"),
        stage="listen",
        page="series",
        model="region.Series",
        lifecycle=Lifecycle(
            states={"kept": _("Kept"), "withdrawn": _("Withdrawn")}, moves=frozenset({("kept", "withdrawn")}), first="kept", signs={"kept": "done", "withdrawn": "none"}
        ),
    )
)  # fmt: skip
declare_event_words(
    {
        "region.keep": _("The statistic was taken in"),
        "region.revise": _("A revision was taken in"),
        "region.break": _("A break of the definition was noted"),
        "region.withdraw": _("The statistic was withdrawn"),
    }
)
