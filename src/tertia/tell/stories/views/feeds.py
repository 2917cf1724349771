"""Feeds of stories, in the language of the address."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.core.languages.templatetags.languages import plain
from tertia.core.parties.queries import university_here
from tertia.tell.stories.markup import as_html
from tertia.tell.stories.queries import published

__all__ = ["story_feed"]

FEED = 30


def _entries() -> list[dict[str, Any]]:
    language = (get_language() or "en")[:2]
    made = []
    for one in published()[:FEED]:
        address = settings.BASE_URL + reverse("story", kwargs={"slug": one.slug})
        made.append(
            {
                "id": f"{settings.BASE_URL}/stories/{one.pk}", "url": address, "title": plain(one.title), "summary": plain(one.summary), "html": as_html(one.body.read(language).text),
                "published": one.published_at, "changed": max(one.changed_at, one.published_at or one.changed_at),
            }
        )  # fmt: skip
    return made


def story_feed(request: Any, form: str) -> HttpResponse:
    """The last thirty stories in the language of the address: Atom (RFC 4287), RSS 2.0, JSON Feed 1.1."""
    if form not in ("atom", "rss", "json"):
        raise Http404
    home = university_here()
    title = _("Stories") + (f" · {plain(home.name)}" if home else "")
    page, own = settings.BASE_URL + reverse("stories"), settings.BASE_URL + reverse("story_feed", kwargs={"form": form})
    language = (get_language() or "en")[:2]
    entries = _entries()
    if form == "json":
        items = [
            {
                "id": e["id"], "url": e["url"], "title": e["title"], "summary": e["summary"], "content_html": e["html"], "date_published": e["published"].isoformat(),
                "date_modified": e["changed"].isoformat(), "language": language,
            }
            for e in entries
        ]  # fmt: skip
        body = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": title,
            "home_page_url": page,
            "feed_url": own,
            "language": language,
            "items": items,
        }
        return JsonResponse(body, content_type="application/feed+json", json_dumps_params={"ensure_ascii": False})
    maker: Any = Atom1Feed if form == "atom" else Rss201rev2Feed
    feed = maker(title=title, link=page, description=title, language=language, feed_url=own)
    for e in entries:
        feed.add_item(
            title=e["title"],
            link=e["url"],
            description=e["html"],
            unique_id=e["id"],
            unique_id_is_permalink=False,
            pubdate=e["published"],
            updateddate=e["changed"],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
