"""What events of the site say."""

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words

declare_event_words(
    {
        "site.write": _("The site's words were changed"),
        "site.keep_addresses": _("Old addresses were kept"),
        "site.drop_address": _("An old address was taken out"),
        "site.rename": _("The address of a record was changed"),
    }
)
