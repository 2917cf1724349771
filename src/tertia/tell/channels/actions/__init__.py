"""What may be done with channels."""

from tertia.tell.channels.actions.desk import add_hook, drop_hook, open_channels, replay_hook, settle_unclear
from tertia.tell.channels.actions.fediverse import carry_out, follow_account, unfollow_account
from tertia.tell.channels.actions.newsletter import (
    ask_newsletter,
    confirm_newsletter,
    forget_unconfirmed,
    leave_newsletter,
    send_newsletter,
)

__all__ = [
    "add_hook", "ask_newsletter", "carry_out", "confirm_newsletter", "drop_hook", "follow_account", "forget_unconfirmed", "leave_newsletter", "open_channels", "replay_hook", "send_newsletter", "settle_unclear",
    "unfollow_account",
]  # fmt: skip
