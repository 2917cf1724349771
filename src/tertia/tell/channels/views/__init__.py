"""Pages of channels, and what programs ask."""

from tertia.tell.channels.views.desk import channels, neighbours
from tertia.tell.channels.views.federation import (
    account,
    ap_activity,
    ap_followers,
    ap_following,
    ap_outbox,
    ap_story,
    inbox,
    nodeinfo,
    nodeinfo_links,
    webfinger,
)
from tertia.tell.channels.views.public import embed_stories, newsletter, newsletter_confirm, newsletter_leave

__all__ = [
    "account", "ap_activity", "ap_followers", "ap_following", "ap_outbox", "ap_story", "channels", "embed_stories", "inbox", "neighbours", "newsletter", "newsletter_confirm", "newsletter_leave",
    "nodeinfo", "nodeinfo_links", "webfinger",
]  # fmt: skip
