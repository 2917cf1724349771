"""Stories: the list, one story, the desk where they are written, and feeds."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal, carried_out
from tertia.core.actions.policies import OFFICE
from tertia.core.languages.forms import text_of
from tertia.core.languages.templatetags.languages import plain
from tertia.core.languages.text import Text
from tertia.core.parties.queries import home_of, organisations, university_here
from tertia.core.periods import clock
from tertia.core.records.material import material_of
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for, record_named
from tertia.tell.stories.actions import (
    change_story,
    correct_story,
    drop_piece,
    publish_story,
    quote_partner,
    send_back,
    send_story,
    withdraw_story,
    write_story,
)
from tertia.tell.stories.forms import CorrectForm, PublishForm, QuoteForm, StoryForm
from tertia.tell.stories.kinds import STORY, TOLD
from tertia.tell.stories.markup import as_html, as_words
from tertia.tell.stories.models import Quote, Story, StoryPicture
from tertia.tell.stories.queries import published, stories_for, told_records

__all__ = ["stories", "stories_desk", "story", "story_change", "story_feed", "story_new"]

FEED = 30


def stories(request: Any) -> HttpResponse:
    page = Paginator(published(), 20).get_page(request.GET.get("page"))
    context = {"page": page, "rows": page.object_list, "writes": home_of(request.actor, *OFFICE) is not None, "stage": "tell"}
    return render(request, "stories/stories.html", context)


@login_required
def stories_desk(request: Any) -> HttpResponse:
    home = home_of(request.actor, *OFFICE)
    if home is None:
        raise Http404
    state = request.GET.get("state", "")
    rows = stories_for(request.actor).filter(owner=home)
    if state in STORY.lifecycle.states:
        rows = rows.filter(state=state)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = {"page": page, "rows": page.object_list, "states": STORY.lifecycle.states, "state": state, "stage": "tell"}
    return render(request, "stories/desk.html", context)


@login_required
def story_new(request: Any) -> HttpResponse:
    owner = home_of(request.actor, *OFFICE)
    if owner is None:
        raise Http404
    told = record_named(request.actor, request.GET.get("from", ""), *TOLD)
    form = StoryForm(request.POST or None, initial=_begun(told))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = write_story(
                by=request.actor,
                owner=owner,
                title=given["title"],
                summary=given["summary"],
                body=given["body"],
                tells=told,
                demonstration=owner.demonstration,
            )
        except TertiaError as error:
            add_refusal(form, error)
        else:
            return redirect("story", slug=made.slug)
    return render(request, "stories/story_new.html", {"form": form, "told": told, "stage": "tell"})


def _begun(told: Any) -> dict[str, Any]:
    """The first words of a story out of a record, in the language of the page: who, where, how many, what came of it."""
    if told is None:
        return {}
    language = (get_language() or "en")[:2]
    lines = material_of(told).lines
    return {
        "title": told.title, "summary": told.summary, "body": Text.of(language, **{language: "\n\n".join(str(line) for line in lines)}) if lines else None,
    }  # fmt: skip


def story(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Story, slug=slug)
    writes = request.actor.has(record.owner_id, *OFFICE)
    publishes = request.actor.has(record.owner_id, "office", "leader")
    given, doing = (request.POST if request.method == "POST" else None), request.POST.get("do", "")
    forms: dict[str, Any] = {}
    if writes and record.state in ("draft", "review", "published"):
        forms["quote"] = QuoteForm(given if doing == "quote" else None, bodies=organisations().exclude(pk=record.owner_id))
    if publishes and record.state == "review":
        forms["publish"] = PublishForm(given if doing == "publish" else None)
    if request.method == "POST" and writes and _act(request, record, forms, doing):
        return redirect("story", slug=slug)
    language = (get_language() or "en")[:2]
    reading = record.body.read(language)
    hidden = record.state == "withdrawn" and not writes
    context = record_context(
        request, record, writes=writes, publishes=publishes, forms=forms, html="" if hidden else mark_safe(as_html(reading.text)), reading=reading, hidden=hidden,
        pictures=[] if hidden else list(record.pictures.select_related("file")), quotes=[] if hidden else list(record.quotes.select_related("organisation")),
        corrections=list(record.corrections.all()), told=told_records(request.actor, record), words=as_words(reading.text)[:280],
    )  # fmt: skip
    return render(request, "stories/story.html", context)


def _act(request: Any, record: Story, forms: dict[str, Any], doing: str) -> bool:
    """Do what the button says. False where a form has to be shown again."""
    form = forms.get(doing)
    by, now = request.actor, clock.now()

    def act() -> None:
        if doing == "send":
            send_story(by=by, story=record)
        elif doing == "back":
            send_back(by=by, story=record)
        elif doing == "publish" and form is not None:
            publish_story(by=by, story=record, now=now, at=form.cleaned_data["at"])
        elif doing == "quote" and form is not None:
            quote_partner(by=by, story=record, **form.cleaned_data)
        elif doing in ("drop-quote", "drop-picture"):
            model: Any = Quote if doing == "drop-quote" else StoryPicture
            drop_piece(by=by, piece=scoped_or_404(model.objects.filter(story=record), pk=id_of(request.POST.get("piece"))))
        elif doing == "withdraw":
            withdraw_story(by=by, story=record, reason=text_of(request.POST, "reason"))

    return carried_out(request, form, act)


@login_required
def story_change(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Story, slug=slug)
    if not request.actor.has(record.owner_id, *OFFICE) or record.state == "withdrawn":
        raise Http404
    kind: type[django_forms.Form] = CorrectForm if record.state == "published" else StoryForm
    initial = {
        "title": record.title, "summary": record.summary, "body": record.body, "shows_people": record.shows_people, "consent_words": record.consent_words,
        "seen": record.changed_at.isoformat(),
    }  # fmt: skip
    form = kind(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            if record.state == "published":
                correct_story(by=request.actor, story=record, on=clock.today(), **form.cleaned_data)
            else:
                change_story(by=request.actor, story=record, **form.cleaned_data)
        except TertiaError as error:
            add_refusal(form, error)
        else:
            return redirect("story", slug=slug)
    return render(request, "stories/story_new.html", {"form": form, "record": record, "stage": "tell"})


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
