"""A meeting before and after it sits: preparing, the agenda, who comes; papers and calendar; minutes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tertia.core.access.models import Pass
from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.files.download import attachment
from tertia.core.files.papers import paper
from tertia.core.files.pdf import PageBreak
from tertia.core.files.store import take
from tertia.core.languages.templatetags.languages import plain
from tertia.core.parties.queries import organisations
from tertia.core.periods import clock
from tertia.core.periods.ical import calendar_file
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for
from tertia.plan.councils.actions import (
    add_item,
    add_paper,
    answer_invitation,
    approve_minutes,
    call_meeting,
    call_off,
    correct_minutes,
    drop_item,
    invite_guest,
    move_item,
    move_meeting,
    note,
    plan_meeting,
    remind_invited,
    send_extracts,
)
from tertia.plan.councils.forms import GuestForm, ItemForm, MeetingForm
from tertia.plan.councils.invitations import entry_of
from tertia.plan.councils.minutes import agenda_blocks, extract_blocks, from_stored, minutes_blocks
from tertia.plan.councils.models import AgendaItem, Council, Invitation, Meeting, MinutesVersion, Suggestion
from tertia.plan.councils.queries import meetings_for
from tertia.plan.councils.record_of import meeting_facts
from tertia.plan.councils.views.councils import keeps
from tertia.plan.councils.vocabulary import ANSWERS, DUTIES, ITEM_KINDS, MODES, OUTCOMES, OUTSIDE, SECTORS

__all__ = ["meeting", "meeting_calendar", "meeting_new", "meeting_paper", "minutes", "series"]


#: a fault of the end stands at the field in which it is written
TIMES = {"ends_at": "to_time", "starts_at": "from_time"}


def _language() -> str:
    return (get_language() or "en")[:2]


def meeting_of(request: Any, slug: str) -> Meeting:
    """The meeting as the reader may see it, or 404."""
    found: Meeting = scoped_or_404(meetings_for(request.actor), slug=slug)
    return found


def kept_meeting(request: Any, slug: str) -> Meeting:
    """The same for whoever keeps its council."""
    found = meeting_of(request, slug)
    if not keeps(request.actor, found.council):
        raise Http404
    return found


@login_required
def meeting_new(request: Any, slug: str) -> HttpResponse:
    council = record_for(request.actor, Council, slug=slug)
    if not keeps(request.actor, council):
        raise Http404
    form = MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = plan_meeting(by=request.actor, council=council, **form.times)
            return redirect("meeting", slug=made.slug)
        except TertiaError as error:
            add_refusal(form, error, TIMES)
    lead = _("Minutes that wait for approval and decisions that are not done come onto the agenda by themselves.")
    return render(
        request,
        "parties/form.html",
        {"form": form, "heading": _("Prepare a meeting"), "lead": lead, "button": _("Prepare it"), "stage": "plan"},
    )


def meeting(request: Any, slug: str) -> HttpResponse:
    record = meeting_of(request, slug)
    works, doing = keeps(request.actor, record.council), request.POST.get("do", "")
    local = timezone.localtime(record.starts_at)
    when = {
        "day": local.date(),
        "from_time": local.time(),
        "to_time": timezone.localtime(record.ends_at).time(),
        "where": record.where,
        "online": record.online,
    }
    item_form = ItemForm(request.POST if doing == "item" else None)
    guest_form = GuestForm(request.POST if doing == "guest" else None, organisations=organisations().filter(hosts=False))
    move_form = MeetingForm(request.POST if doing == "move" else None, initial=when)
    fault = ""
    if request.method == "POST" and works:
        try:
            if _act(request, record, doing, item_form, guest_form, move_form):
                return redirect("meeting", slug=slug)
        except TertiaError as error:
            form = {"item": item_form, "guest": guest_form, "move": move_form}.get(doing)
            fault = "" if form is not None else error.sentence()
            if form is not None:
                add_refusal(form, error, TIMES)
    invitations = list(record.invitations.select_related("organisation", "tenure__seat").prefetch_related("presences"))
    links = (
        {p.subject_id: p for p in Pass.objects.filter(purpose="councils.seat", record=record, revoked_at=None).order_by("-pk")}
        if works
        else {}
    )
    for one in invitations:
        one.link, one.there = links.get(one.pk), bool(one.presences.all())
    items = list(
        record.items.select_related("suggestion__organisation", "source", "of_meeting").prefetch_related(
            "papers__file", "motions", "decisions__responsible", "decisions__body"
        )
    )
    context = record_context(
        request, record, council=record.council, items=items, invitations=invitations, works_council=works, item_form=item_form, guest_form=guest_form, move_form=move_form,
        fault=fault, answers=ANSWERS, sectors=SECTORS, duties=DUTIES, item_kinds=ITEM_KINDS, modes=MODES, outcomes=OUTCOMES, doing=doing, may_change=works and record.state in ("planned", "called"),
        mine=next((i for i in invitations if request.actor.person_id and i.person_id == request.actor.person_id and i.sent_at), None), outside=OUTSIDE,
        waiting=list(record.council.suggestions.filter(state="waiting").select_related("organisation")) if works and record.state in ("planned", "called", "open") else [],
        counts={k: sum(i.answer == k for i in invitations) for k in ANSWERS}, minutes_there=record.state in ("closed", "approved"), whole=sum(i.minutes for i in items),
    )  # fmt: skip
    return render(request, "councils/meeting.html", context, status=400 if fault else 200)


def _act(request: Any, record: Meeting, doing: str, item_form: ItemForm, guest_form: GuestForm, move_form: MeetingForm) -> bool:
    by, given = request.actor, request.POST
    if doing == "item" and item_form.is_valid():
        add_item(by=by, meeting=record, **item_form.cleaned_data)
    elif doing == "guest" and guest_form.is_valid():
        invite_guest(by=by, meeting=record, **guest_form.cleaned_data)
    elif doing == "move" and move_form.is_valid():
        move_meeting(by=by, meeting=record, **move_form.times)
    elif doing == "place":
        told = scoped_or_404(Suggestion.objects.filter(council=record.council_id), pk=id_of(given.get("which")))
        add_item(by=by, meeting=record, title=told.title, kind="decision", suggestion=told)
    elif doing == "call":
        call_meeting(by=by, meeting=record)
        messages.success(request, _("The invitations are on their way."))
    elif doing == "off":
        call_off(by=by, meeting=record, reason=given.get("reason", ""))
    elif doing == "remind":
        count = remind_invited(by=by, meeting=record, on=clock.today())
        messages.success(request, ngettext("%(n)d was asked again.", "%(n)d were asked again.", count) % {"n": count})
    elif doing in ("up", "down", "drop", "paper"):
        item = scoped_or_404(AgendaItem.objects.filter(meeting=record), pk=id_of(given.get("item")))
        if doing == "drop":
            drop_item(by=by, item=item)
        elif doing == "paper":
            upload = request.FILES.get("file")
            if upload is None:
                return False
            add_paper(by=by, item=item, taken=take(upload), file_name=upload.name, title=given.get("title", ""))
        else:
            move_item(by=by, item=item, up=doing == "up")
    elif doing == "answer":
        one = scoped_or_404(Invitation.objects.filter(meeting=record), pk=id_of(given.get("which")))
        answer_invitation(
            by=by, invitation=one, answer=given.get("answer", ""), reason=given.get("reason", "") or _("told the secretary"), deputy_name=given.get("deputy_name", ""),
            deputy_email=given.get("deputy_email", ""),
        )  # fmt: skip
    else:
        return False
    return True


def meeting_calendar(request: Any, slug: str) -> HttpResponse:
    record = meeting_of(request, slug)
    return attachment(calendar_file([entry_of(record, _language(), remind=24)]), "text/calendar; charset=utf-8", f"{record.slug}.ics")


def minutes(request: Any, slug: str) -> HttpResponse:
    """The minutes as they follow from what happened, with the secretary's words; approved ones as they were frozen."""
    record = meeting_of(request, slug)
    works = keeps(request.actor, record.council)
    if record.state not in ("open", "closed", "approved") or (
        record.state != "approved" and not works and not _is_invited(request, record)
    ):
        raise Http404
    doing, fault = request.POST.get("do", ""), ""
    if request.method == "POST" and works:
        try:
            if _write_minutes(request, record, doing):
                return redirect("minutes", slug=slug)
        except TertiaError as error:
            fault = error.sentence()
    facts, versions = meeting_facts(record), list(record.versions.all())
    version = standing(record, versions)
    later = record.council.meetings.filter(starts_at__gt=record.starts_at).exclude(state="withdrawn").order_by("starts_at", "pk")
    context = {
        "record": record, "council": record.council, "facts": facts, "language": _language(), "works": works, "fault": fault, "version": version,
        "versions": versions, "later": list(later) if works else [], "items": list(record.items.all()), "stage": "plan",
        "blocks": [(type(b).__name__, b) for b in (from_stored(version.body[_language()]) if version else minutes_blocks(facts, _language()))],
    }  # fmt: skip
    return render(request, "councils/minutes.html", context, status=400 if fault else 200)


def standing(record: Meeting, versions: Iterable[MinutesVersion]) -> MinutesVersion | None:
    """The minutes as they stand: the latest version while they are approved, none while they are written or corrected."""
    return max(versions, key=lambda v: v.number) if record.state == "approved" else None


def _is_invited(request: Any, record: Meeting) -> bool:
    return bool(request.actor.person_id) and record.invitations.filter(person=request.actor.person_id).exists()


def _write_minutes(request: Any, record: Meeting, doing: str) -> bool:
    by, given = request.actor, request.POST
    if doing == "note":
        item = scoped_or_404(AgendaItem.objects.filter(meeting=record), pk=id_of(given.get("item")))
        language = given.get("language", _language())
        note(by=by, item=item, heard=item.heard.write(language, given.get("heard", "")))
    elif doing == "approve":
        at = record.council.meetings.filter(pk=id_of(given.get("at"))).first()
        approve_minutes(
            by=by, meeting=record, on=clock.today(), approved_by=given.get("approved_by", ""), at=at, public=given.get("public") == "yes"
        )
        send_extracts(by=by, meeting=record)
        messages.success(request, _("The minutes are approved and stand. Whoever has something to do gets an extract."))
    elif doing == "correct":
        correct_minutes(by=by, meeting=record, reason=given.get("reason", ""))
    else:
        return False
    return True


def meeting_paper(request: Any, slug: str, what: str, form: str) -> HttpResponse:
    """Agenda, minutes or extract as DOCX or PDF. An extract is for the body or person that `for` names."""
    record = meeting_of(request, slug)
    works = keeps(request.actor, record.council)
    facts, language = meeting_facts(record), _language()
    if what == "agenda":
        blocks, title = agenda_blocks(facts, language), _("Agenda of meeting No. %(n)s") % {"n": record.number}
    elif what == "minutes" and (record.state == "approved" or (works and record.state in ("open", "closed"))):
        version = standing(record, record.versions.all())
        blocks = from_stored(version.body[language]) if version else minutes_blocks(facts, language)
        title = _("Minutes No. %(n)s") % {"n": record.number}
    elif what == "extract" and works and record.state in ("open", "closed", "approved"):
        who = request.GET.get("for", "")
        blocks, title = extract_blocks(facts, language, who), _("Extract of minutes No. %(n)s") % {"n": record.number}
    else:
        raise Http404
    return paper(blocks, title=title, language=language, form=form, name=f"{what}-{record.slug}", running=plain(record.council.title))


def series(request: Any, slug: str, form: str) -> HttpResponse:
    """All approved minutes of a council as one document, the first meeting first; `year` limits it to an academic or calendar year."""
    council = record_for(request.actor, Council, slug=slug)
    rows = meetings_for(request.actor).filter(council=council, state="approved").order_by("starts_at", "pk")
    year = request.GET.get("year", "")
    if year.isdecimal() and len(year) == 4:
        rows = rows.filter(Q(starts_on__year=int(year)))
    blocks: list[Any] = []
    for record in rows.prefetch_related("versions"):
        version = standing(record, record.versions.all())
        assert version is not None, "approved minutes have a version"
        blocks += ([PageBreak()] if blocks else []) + from_stored(version.body[_language()])
    if not blocks:
        raise Http404
    heading = _("Minutes of %(council)s") % {"council": plain(council.title)}
    return paper(blocks, title=heading, language=_language(), form=form, name=f"minutes-{council.slug}", running=plain(council.title))
