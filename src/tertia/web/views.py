"""The shell's own pages: home, the five stages, Today, the design system."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_from_request

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.actions.pages import count_of
from tertia.core.languages.text import LANGUAGES
from tertia.core.panels.declare import panels_at, stage_links
from tertia.core.parties.here import asked_host
from tertia.core.parties.queries import duties_of, university_here
from tertia.core.periods import clock
from tertia.core.records.queries import events_since, longest_by_party, owed_by, silent, silent_for_office
from tertia.web.gallery import gallery


def home(request: Any) -> HttpResponse:
    """Question first, institution second: what somebody asked, what came of it, and who is silent."""
    told = {link.stage: link.line for link in reversed(stage_links()) if link.line}
    lines = {stage: line(request) for stage, line in told.items()}
    context = {
        "lines": lines, "lead": panels_at("home-lead", request), "main": panels_at("home", request), "side": panels_at("home-side", request),
        "silent": longest_by_party(ANONYMOUS, clock.today(), 4), "silent_total": count_of(silent(ANONYMOUS, clock.today())),
    }  # fmt: skip
    return render(request, "web/home.html", context)


def stage(request: Any, name: str) -> HttpResponse:
    """One of the five verbs: the apps in it, and what is there now."""
    if name not in dict(settings.STAGES):
        raise Http404
    links = [{"page": s.page, "label": s.label, "line": s.line(request) if s.line else ""} for s in stage_links(name)]
    context = {"stage": name, "word": dict(settings.STAGES)[name], "links": links, "panels": panels_at(f"stage-{name}", request)}
    return render(request, "web/stage.html", context)


@login_required
def today(request: Any) -> HttpResponse:
    """What waits for me: a sentence, then tables with one action for each row."""
    day, actor = clock.today(), request.actor
    owed_to_us = silent_for_office(actor, day)
    mine = list(owed_by(actor, actor.organisations("office", "leader", "editor", "partner")).order_by("due_on", "pk")[:30])
    panels = panels_at("today", request)
    rows = sum(len(p.values.get("rows", ())) for p in panels if p.template != "activities/_mine.html")
    late = len(owed_to_us) + sum(o.due_on is not None and o.due_on < day for o in mine)
    context = {
        "stage": "today", "day": day, "silent": owed_to_us, "mine": mine, "panels": panels, "side": panels_at("today-side", request),
        "total": rows + len(owed_to_us) + len(mine), "late": late, "memberships": duties_of(actor, day),
        "works": bool(actor.organisations("editor", "office", "leader", "administrator", "member")), "events": events_since(actor),
    }  # fmt: skip
    return render(request, "web/today.html", context)


def design(request: Any) -> HttpResponse:
    """The design system: every component in all its states."""
    return render(request, "web/design.html", gallery())


def accessibility(request: Any) -> HttpResponse:
    return render(request, "web/accessibility.html")


def robots(request: Any) -> HttpResponse:
    rules = "User-agent: *\nDisallow: /*/p/\nDisallow: /*/me/\nDisallow: /*/newsletter/confirm/\nDisallow: /newsletter/leave/\n"
    return HttpResponse(f"{rules}\nSitemap: {settings.BASE_URL.rstrip('/')}/sitemap.xml\n", content_type="text/plain")


def front(request: Any) -> HttpResponse:
    """The bare address leads to the reader's language."""
    language = get_language_from_request(request)[:2]
    spoken = language if language in LANGUAGES else "kk"
    own = university_here() if asked_host.get() else None
    return redirect(f"/{spoken}/u/{own.slug}/" if own is not None and own.host_name == asked_host.get() else f"/{spoken}/")
