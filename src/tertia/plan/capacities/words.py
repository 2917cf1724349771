"""Words of offers."""

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words

__all__ = ["KIND_WORDS"]

KIND_WORDS = {
    "expertise": _("Expertise"), "course": _("Course or training"), "laboratory": _("Laboratory"), "premises": _("Rooms and halls"),
    "equipment": _("Equipment"), "data": _("Data"), "people": _("Helping hands"), "service": _("Service"),
}  # fmt: skip
declare_event_words(
    {
        "capacities.write": _("An offer was written down"),
        "capacities.close": _("An offer was closed"),
        "capacities.decide": _("A suggested offer was taken or refused"),
    }
)
