"""A story to search engines: a NewsArticle with its pictures, its owner, its days and its corrections."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from tertia.core.languages.templatetags.languages import plain
from tertia.core.records.schema import address_of, declare_schema, organisation_schema

__all__ = ["of_story"]


def of_story(story: Any) -> dict[str, Any]:
    if story.state != "published":
        return {}
    published = story.published_at.isoformat() if story.published_at else ""
    pictures = [address_of(reverse("file", kwargs={"pk": p.file_id})) for p in story.pictures.all()]
    return {
        "@type": "NewsArticle", "headline": plain(story.title)[:110], "datePublished": published, "dateModified": max(story.changed_at.isoformat(), published),
        "publisher": organisation_schema(story.owner), "author": organisation_schema(story.owner), "image": pictures or [address_of(f"/share/{story.pk}-en.png")],
        "correction": [plain(c.words) for c in story.corrections.all()], "mainEntityOfPage": address_of(story.get_absolute_url()),
    }  # fmt: skip


declare_schema("story", of_story)
