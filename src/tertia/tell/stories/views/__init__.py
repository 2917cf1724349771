"""Pages of stories."""

from tertia.tell.stories.views.desk import stories_desk, story_change, story_new, story_translate
from tertia.tell.stories.views.feeds import story_feed
from tertia.tell.stories.views.public import stories, story

__all__ = ["stories", "stories_desk", "story", "story_change", "story_feed", "story_new", "story_translate"]
