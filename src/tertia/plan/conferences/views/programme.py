"""Conferences: list, programme, calendar, registration, sections at work."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.errors import BadInput, TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.pages import Pages
from tertia.core.actions.policies import OFFICE
from tertia.core.files.download import attachment
from tertia.core.files.pdf import render_pdf
from tertia.core.parties.queries import managed_by, own_here
from tertia.core.periods.ical import CalendarEntry, calendar_file
from tertia.core.records.models import visible
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for
from tertia.plan.conferences.actions import (
    add_session,
    add_talk,
    amend,
    announce_conference,
    draft_resolution,
    gather,
    propose,
    register_participant,
    set_places,
    take_stance,
    withdraw_registration,
)
from tertia.plan.conferences.forms import ConferenceForm, ProposalForm, SessionForm, TalkForm
from tertia.plan.conferences.models import Conference, Proposal, ProposalVersion, Registration, Session
from tertia.plan.conferences.papers import badge_blocks
from tertia.plan.conferences.queries import (
    clashes_of,
    conferences_for,
    difference,
    programme,
    proposals_of,
    registration_of,
    resolutions_for,
)

__all__ = ["badges", "calendar", "conference", "conference_list", "conference_new", "participants", "section", "section_news"]


def conference_list(request: Any) -> HttpResponse:
    context = {"rows": own_here(conferences_for(request.actor)), "stage": "plan", "may_add": bool(request.actor.organisations(*OFFICE))}
    return render(request, "conferences/conference_list.html", context)


@login_required
def conference_new(request: Any) -> HttpResponse:
    owner = managed_by(request.actor)
    if owner is None:
        raise Http404
    form = ConferenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = announce_conference(by=request.actor, owner=owner, visibility="public", **form.cleaned_data)
        return redirect("conference", slug=made.slug)
    context = {"form": form, "heading": _("Announce a conference"), "button": _("Announce it"), "stage": "plan"}
    return render(request, "parties/form.html", context)


def conference(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Conference, slug=slug)
    works = request.actor.has(record.owner_id, *OFFICE)
    doing = request.POST.get("do", "")
    session_form = SessionForm(request.POST if doing == "session" else None, initial={"day": record.starts_on}) if works else None
    talk_form = TalkForm(request.POST if doing == "talk" else None) if works else None
    if request.method == "POST":
        try:
            if _act(request, record, doing, session_form, talk_form):
                return redirect("conference", slug=slug)
        except BadInput as error:
            if session_form is None or doing != "session":
                raise
            add_refusal(session_form, error)
    blocks = programme(record)
    context = record_context(
        request, record, blocks=blocks, clashes=clashes_of(blocks) if works else [], registration=registration_of(record, request.actor), session_form=session_form,
        talk_form=talk_form, resolutions=list(resolutions_for(request.actor).filter(conference=record)), works=works,
        sections=[s for b in blocks for s in b.sessions if s.kind == "section"], coming=Registration.objects.filter(conference=record, waiting=False).count(),
    )  # fmt: skip
    return render(request, "conferences/conference.html", context)


def _act(request: Any, record: Conference, doing: str, session_form: Any, talk_form: Any) -> bool:
    sections = Session.objects.filter(conference=record)
    if doing == "register" and request.actor.person:
        section = sections.filter(pk=request.POST.get("section") or 0, kind="section").first()
        register_participant(by=request.actor, conference=record, person=request.actor.person, section=section)
        mine = registration_of(record, request.actor)
        waits = mine is not None and mine.waiting
        messages.success(
            request,
            _("All places are taken. You are on the waiting list, and you are told when there is one.")
            if waits
            else _("You are registered."),
        )
        return True
    if doing == "withdraw" and (mine := registration_of(record, request.actor)) is not None:
        withdraw_registration(by=request.actor, registration=mine)
        messages.success(request, _("You gave your place back."))
        return True
    if doing == "session" and session_form is not None and session_form.is_valid():
        given = session_form.cleaned_data
        day, zone = given.pop("day"), timezone.get_current_timezone()
        starts = dt.datetime.combine(day, given.pop("from_time"), zone)
        add_session(
            by=request.actor, conference=record, starts_at=starts, ends_at=dt.datetime.combine(day, given.pop("to_time"), zone), **given
        )
        return True
    if doing == "talk" and talk_form is not None and talk_form.is_valid():
        session = scoped_or_404(sections, pk=request.POST.get("session") or 0)
        add_talk(by=request.actor, session=session, **talk_form.cleaned_data)
        return True
    if doing == "draft":
        made = draft_resolution(by=request.actor, conference=record, title=record.title, demonstration=record.demonstration)
        for session in sections.filter(kind="section").order_by("starts_at", "room"):
            waiting = list(session.proposals.filter(state=Proposal.State.OPEN).order_by("pk"))
            if waiting:
                gather(by=request.actor, resolution=made, proposals=waiting)
        return True
    return False


@login_required
def participants(request: Any, slug: str) -> HttpResponse:
    """Who comes and who waits, for the office; how many may come."""
    record = record_for(request.actor, Conference, slug=slug)
    if not request.actor.has(record.owner_id, *OFFICE):
        raise Http404
    rows: Any = Registration.objects.filter(conference=record).select_related("person", "section")
    if request.method == "POST":
        try:
            if request.POST.get("do") == "places":
                said = request.POST.get("places", "").strip()
                set_places(by=request.actor, conference=record, places=id_of(said) if said else None)
            elif request.POST.get("do") == "withdraw":
                withdraw_registration(by=request.actor, registration=scoped_or_404(rows, pk=id_of(request.POST.get("which"))))
        except TertiaError as error:
            messages.error(request, error.sentence())
        return redirect("participants", slug=slug)
    page = Pages(rows.order_by("waiting", "registered_at", "pk"), 100).get_page(request.GET.get("page"))
    counts = dict(rows.order_by().values_list("waiting").annotate(n=Count("pk")))
    context = {
        "record": record, "rows": page.object_list, "page": page, "coming": counts.get(False, 0), "waiting": counts.get(True, 0), "stage": "plan",
    }  # fmt: skip
    return render(request, "conferences/participants.html", context)


@login_required
def badges(request: Any, slug: str) -> HttpResponse:
    """Badges of all who come, to be cut out."""
    record = record_for(request.actor, Conference, slug=slug)
    rows = list(
        Registration.objects.filter(conference=record, waiting=False, person__isnull=False)
        .select_related("person", "section")
        .order_by("person__name", "pk")
    )
    if not request.actor.has(record.owner_id, *OFFICE) or not rows:
        raise Http404
    language = (get_language() or "en")[:2]
    blocks = badge_blocks(record, rows, language)
    return attachment(render_pdf(blocks, title=_("Badges"), language=language), "application/pdf", f"badges-{record.slug}.pdf")


def calendar(request: Any, slug: str) -> HttpResponse:
    """The programme as iCalendar: one entry for each session, with a lasting UID."""
    record = record_for(request.actor, Conference, slug=slug)
    language = (get_language() or "en")[:2]
    entries = (
        CalendarEntry(
            f"session-{session.pk}@{settings.MESSAGE_ID_DOMAIN}", session.title.read(language).text, session.starts_at, session.ends_at, record.changed_at,
            ", ".join(p for p in (session.room, record.venue.read(language).text) if p), version=session.sequence,
        )
        for session in record.sessions.all()
    )  # fmt: skip
    answer = HttpResponse(calendar_file(entries), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{record.slug}.ics"'
    return answer


def section(request: Any, pk: int) -> HttpResponse:
    """A section at work: proposals with their differences, support and objection."""
    rows = Session.objects.select_related("conference__owner").filter(visible(request.actor, "conference"), kind="section")
    found = scoped_or_404(rows, pk=pk)
    takes_part = ((mine := registration_of(found.conference, request.actor)) is not None and not mine.waiting) or request.actor.has(
        found.conference.owner_id, *OFFICE
    )
    form = ProposalForm(request.POST if request.POST.get("do") == "propose" else None)
    conflict = None
    if request.method == "POST":
        try:
            if _work(request, found, form):
                return redirect("section", pk=pk)
        except BadInput as error:
            if request.POST.get("do") == "amend":
                conflict = {"sentence": error.sentence(), "text": request.POST.get("text", "")}
            else:
                add_refusal(form, error)
        except TertiaError as error:
            add_refusal(form, error)
    proposals = [_shown(p, request.actor) for p in proposals_of(found, id_of(request.GET.get("whole")))]
    context = {
        "section": found,
        "conference": found.conference,
        "proposals": proposals,
        "form": form,
        "takes_part": takes_part,
        "conflict": conflict,
        "since": max((v.pk for row in proposals for v in row["proposal"].versions.all()), default=0),
        "count": 0,
        "stage": "plan",
    }
    return render(request, "conferences/section.html", context)


def section_news(request: Any, pk: int) -> HttpResponse:
    """How much was written in a section since the reader's page was made; a piece of that page, asked for every few seconds."""
    rows = Session.objects.filter(visible(request.actor, "conference"), kind="section")
    found = scoped_or_404(rows, pk=pk)
    since = id_of(request.GET.get("since"))
    count = ProposalVersion.objects.filter(proposal__session=found, pk__gt=since).count()
    return render(request, "conferences/_news.html", {"section": found, "since": since, "count": count})


def _work(request: Any, found: Session, form: ProposalForm) -> bool:
    doing = request.POST.get("do")
    if doing == "propose" and form.is_valid():
        propose(by=request.actor, session=found, text=form.cleaned_data["text"])
        return True
    if doing in ("amend", "support", "object"):
        proposal = scoped_or_404(Proposal.objects.filter(session=found), pk=request.POST.get("proposal") or 0)
        if doing == "amend":
            language = request.POST.get("language") or proposal.text.original
            amend(
                by=request.actor,
                proposal=proposal,
                text=proposal.text.write(language, request.POST.get("text", "")),
                version=int(request.POST.get("version") or 0),
            )
        else:
            take_stance(by=request.actor, proposal=proposal, kind=doing, reason=request.POST.get("reason", ""))
        return True
    return False


def _shown(proposal: Proposal, actor: Any) -> dict[str, Any]:
    versions = list(proposal.versions.all())
    language = proposal.text.original
    changes = [
        {
            "number": after.number,
            "parts": difference(before.text.read(language).text, after.text.read(language).text),
            "author": after.author,
        }
        for before, after in zip(versions, versions[1:])
    ]
    stances = list(proposal.stances.all())
    mine = next((s.kind for s in stances if s.person_id == actor.person_id and actor.person_id), "")
    return {
        "proposal": proposal, "changes": changes, "support": sum(s.kind == "support" for s in stances),
        "object": sum(s.kind == "object" for s in stances), "reasons": [s.reason for s in stances if s.kind == "object" and s.reason],
        "earlier": proposal.version - len(versions) > 0, "mine": mine, "language": language, "text": proposal.text.read(language).text,
    }  # fmt: skip
