"""What everybody reads: the list and one story, on which its writers act."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.forms import carried_out
from tertia.core.actions.pages import Pages
from tertia.core.actions.policies import OFFICE
from tertia.core.files.store import take
from tertia.core.languages.forms import text_of
from tertia.core.parties.queries import home_of, organisations
from tertia.core.periods import clock
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for
from tertia.tell.stories.actions import add_picture, drop_piece, publish_story, quote_partner, send_back, send_story, withdraw_story
from tertia.tell.stories.forms import PictureForm, PublishForm, QuoteForm
from tertia.tell.stories.markup import as_html, as_words
from tertia.tell.stories.models import Quote, Story, StoryPicture
from tertia.tell.stories.queries import published, told_records

__all__ = ["stories", "story"]


def stories(request: Any) -> HttpResponse:
    page = Pages(published(), 20).get_page(request.GET.get("page"))
    context = {"page": page, "rows": page.object_list, "writes": home_of(request.actor, *OFFICE) is not None, "stage": "tell"}
    return render(request, "stories/stories.html", context)


def story(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Story, slug=slug)
    writes = request.actor.has(record.owner_id, *OFFICE)
    publishes = request.actor.has(record.owner_id, "office", "leader")
    given, doing = (request.POST if request.method == "POST" else None), request.POST.get("do", "")
    forms: dict[str, Any] = {}
    if writes and record.state in ("draft", "review", "published"):
        forms["quote"] = QuoteForm(given if doing == "quote" else None, bodies=organisations().exclude(pk=record.owner_id))
        forms["picture"] = PictureForm(given if doing == "picture" else None, request.FILES if doing == "picture" else None)
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
        others=[(code, words, record.body.state(code)) for code, words in settings.LANGUAGES if code != record.body.original] if writes else [],
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
        elif doing == "picture" and form is not None:
            given = form.cleaned_data
            file = given["file"]
            add_picture(by=by, story=record, taken=take(file), name=file.name, words=given["words"], consent=given["consent"])
        elif doing in ("drop-quote", "drop-picture"):
            model: Any = Quote if doing == "drop-quote" else StoryPicture
            drop_piece(by=by, piece=scoped_or_404(model.objects.filter(story=record), pk=id_of(request.POST.get("piece"))))
        elif doing == "withdraw":
            withdraw_story(by=by, story=record, reason=text_of(request.POST, "reason"))

    return carried_out(request, form, act)
