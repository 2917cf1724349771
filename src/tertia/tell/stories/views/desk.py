"""The desk where stories are begun, changed, translated."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.pages import Pages
from tertia.core.actions.policies import OFFICE
from tertia.core.languages.text import LANGUAGES, STALE, Text
from tertia.core.parties.queries import home_of
from tertia.core.periods import clock
from tertia.core.records.material import material_of
from tertia.core.records.queries import record_for, record_named
from tertia.tell.stories.actions import change_story, correct_story, translate_story, write_story
from tertia.tell.stories.forms import CorrectForm, StoryForm, TranslateForm
from tertia.tell.stories.kinds import STORY, TOLD
from tertia.tell.stories.models import Story
from tertia.tell.stories.queries import stories_for

__all__ = ["stories_desk", "story_change", "story_new", "story_translate"]


@login_required
def stories_desk(request: Any) -> HttpResponse:
    home = home_of(request.actor, *OFFICE)
    if home is None:
        raise Http404
    state = request.GET.get("state", "")
    rows = stories_for(request.actor).filter(owner=home)
    if state in STORY.lifecycle.states:
        rows = rows.filter(state=state)
    page = Pages(rows, 50).get_page(request.GET.get("page"))
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
    if request.method == "POST" and request.headers.get("X-Tertia-Autosave"):
        return _kept_meanwhile(request, record, form)
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


def _kept_meanwhile(request: Any, record: Story, form: django_forms.Form) -> HttpResponse:
    """While somebody writes at a draft: what stands is kept now and then. What cannot be kept stays in the browser, which is told why."""
    if record.state not in ("draft", "review") or not form.is_valid():
        return JsonResponse({"sentence": ""}, status=400)
    try:
        made = change_story(by=request.actor, story=record, **form.cleaned_data)
    except TertiaError as error:
        return JsonResponse({"sentence": error.sentence()}, status=error.status)
    return JsonResponse({"seen": made.changed_at.isoformat()})


@login_required
def story_translate(request: Any, slug: str, code: str) -> HttpResponse:
    """The original on the left, another language on the right."""
    record = record_for(request.actor, Story, slug=slug)
    if (
        not request.actor.has(record.owner_id, *OFFICE)
        or record.state == "withdrawn"
        or code not in LANGUAGES
        or code == record.body.original
    ):
        raise Http404
    there = {f: getattr(record, f).versions.get(code, ("", ""))[0] for f in ("title", "summary", "body")}
    form = TranslateForm(request.POST or None, initial={**there, "seen": record.changed_at.isoformat()})
    if request.method == "POST" and form.is_valid():
        try:
            translate_story(by=request.actor, story=record, language=code, **form.cleaned_data)
        except TertiaError as error:
            add_refusal(form, error)
            form.data = {**form.data.dict(), "seen": record.changed_at.isoformat()}
        else:
            return redirect("story", slug=slug)
    original = {f: getattr(record, f).versions.get(record.body.original, ("", ""))[0] for f in ("title", "summary", "body")}
    context = {
        "form": form, "record": record, "original": original, "code": code, "word": dict(settings.LANGUAGES)[code], "first": record.body.original, "old": record.body.state(code) == STALE,
        "stage": "tell",
    }  # fmt: skip
    return render(request, "stories/translate.html", context)
