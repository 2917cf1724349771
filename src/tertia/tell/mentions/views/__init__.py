"""Pages of mentions."""

from tertia.tell.mentions.views.desk import mention_new, mentions_desk, outlet, outlets, untold
from tertia.tell.mentions.views.public import mention, mentions, mentions_file

__all__ = ["mention", "mention_new", "mentions", "mentions_desk", "mentions_file", "outlet", "outlets", "untold"]
