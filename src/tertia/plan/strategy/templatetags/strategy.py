"""How a value of a frozen version is shown: words in the reader's language, lists, days, sums."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tertia.core.languages.formatting import long_date
from tertia.core.languages.templatetags.languages import current
from tertia.core.languages.text import LANGUAGES
from tertia.plan.strategy.vocabulary import form_word, mission_forms

register = template.Library()


@register.simple_tag
def said(value: Any) -> str | SafeString:
    """`{"en": "…"}` in the reader's language, a list as lines, an ISO day as a date, nothing as "not said"."""
    if value in (None, "", {}, []):
        return format_html('<span class="faint">{}</span>', _("not said"))
    if isinstance(value, dict):
        if "title" in value or "name" in value:
            words = value.get("title") or value.get("name")
            return said(words)
        order = [current(), *LANGUAGES, ""]
        return str(next(value[lang] for lang in order if lang in value))
    if isinstance(value, list):
        return format_html_join(SafeString("<br>"), "{}", ((said(one),) for one in value))
    text = str(value)
    if text in mission_forms():
        return form_word(text)
    try:
        return long_date(dt.date.fromisoformat(text), current())
    except ValueError:
        return text
