"""What events of channels say."""

from django.utils.translation import gettext_lazy as _

from tertia.core.records.event_words import declare_event_words

declare_event_words(
    {
        "channels.open": _("Channels were opened or closed"), "channels.add_hook": _("Another system is told from now on"), "channels.drop_hook": _("Another system is told no more"),
        "channels.replay_hook": _("It was sent once more to another system"), "channels.settle_unclear": _("Somebody said whether it was sent"),
        "channels.ask_newsletter": _("Somebody asked for the newsletter"), "channels.confirm_newsletter": _("A newsletter was confirmed"), "channels.leave_newsletter": _("Somebody left the newsletter"),
        "channels.forget_unconfirmed": _("Addresses that nobody confirmed were forgotten"), "channels.send_newsletter": _("A newsletter was sent"), "channels.carry_out": _("Another server was heard"), "channels.follow_account": _("The university asked to follow somebody"),
        "channels.unfollow_account": _("The university follows somebody no more"),
    }
)  # fmt: skip
