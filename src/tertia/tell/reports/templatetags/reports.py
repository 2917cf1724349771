"""What people wrote into a chapter, as HTML."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from tertia.tell.stories.markup import as_html

register = template.Library()


@register.filter
def marked(text: str) -> SafeString:
    """Few marks are read, elements of HTML are shown as the letters they are (`stories/markup.py`)."""
    return mark_safe(as_html(text))
