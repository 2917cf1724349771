"""How events of keys are told."""

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words

declare_event_words(
    {
        "keys.make": _("A signing key was made"), "keys.register": _("A public key was registered"), "keys.retire": _("A key was retired"),
    }
)  # fmt: skip
