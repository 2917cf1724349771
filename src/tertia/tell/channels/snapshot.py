"""A story as it is at a moment, in every language: what feeds, channels and other systems are told."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import translation

from tertia.core.languages.templatetags.languages import plain
from tertia.core.languages.text import LANGUAGES, WRITTEN
from tertia.core.records.schema import address_of
from tertia.tell.stories.markup import as_html
from tertia.tell.stories.models import Story

__all__ = ["address_in", "snapshot_of"]


def address_in(language: str, page: str, **names: Any) -> str:
    """The whole address of a page in a language."""
    with translation.override(language):
        return address_of(reverse(page, kwargs=names))


def _in_each(text: Any) -> dict[str, str]:
    return {lang: text.versions[lang][0] for lang in LANGUAGES if lang in text.versions}


def snapshot_of(story: Story) -> dict[str, Any]:
    """Languages that were written; a version older than the original is left out, so that nobody is told what no longer holds."""
    fresh = [lang for lang in _in_each(story.title) if story.body.state(lang) == WRITTEN]
    original = story.body.original if story.body.original in fresh else (fresh or list(_in_each(story.title)) or [story.title.original])[0]
    spoken = fresh or [original]
    published = story.published_at.isoformat() if story.published_at else ""
    return {
        "id": address_of(f"/ap/stories/{story.pk}"), "original": original, "owner": story.owner.slug,
        "title": {k: v for k, v in _in_each(story.title).items() if k in spoken} or {original: plain(story.title)},
        "summary": {k: v for k, v in _in_each(story.summary).items() if k in spoken},
        "html": {lang: as_html(story.body.read(lang).text) for lang in spoken} if story.state == "published" else {},
        "url": {lang: address_in(lang, "story", slug=story.slug) for lang in LANGUAGES},
        "published": published, "updated": max(story.changed_at.isoformat(), published),
        "pictures": [{"url": address_of(reverse("file", kwargs={"pk": p.file_id})), "type": p.file.media_type, "words": plain(p.words)} for p in story.pictures.select_related("file")],
    }  # fmt: skip
