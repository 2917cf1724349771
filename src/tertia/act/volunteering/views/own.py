"""One's own shifts: what is promised, arriving by code, stepping back, the one question, the calendar, what is kept about wishes."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.act.volunteering.actions import answer_choice, check_in, forget_search, step_back, write_profile
from tertia.act.volunteering.actions.listing import allow_listing
from tertia.act.volunteering.forms import ProfileForm
from tertia.act.volunteering.links import opportunity_url
from tertia.act.volunteering.models import Listing, Profile, SavedSearch, Shift, SignUp
from tertia.act.volunteering.queries import Filters, mine
from tertia.act.volunteering.sentences import said
from tertia.core.access.actions import issue_pass
from tertia.core.access.models import Pass
from tertia.core.access.pages import declare_pass_page
from tertia.core.access.queries import scoped_or_404
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, TertiaError
from tertia.core.parties.models import Person
from tertia.core.periods import clock
from tertia.core.periods.ical import CalendarEntry, calendar_file
from tertia.core.rules.queries import rule_on

__all__ = ["check_in_page", "my_calendar", "my_shifts", "shift_calendar"]

DAY = dt.timedelta(days=1)


@login_required
def my_shifts(request: Any) -> HttpResponse:
    person = request.actor.person
    if person is None:
        return redirect("today")
    form = ProfileForm(request.POST if request.POST.get("do") == "profile" else None, initial=_profile(person))
    if request.method == "POST" and (request.POST.get("do") != "profile" or form.is_valid()):
        _act(request, person, form)
        return redirect("my_shifts")
    now = clock.now()
    rows = list(mine(person).filter(shift__ends_at__gte=now - 2 * DAY)[:100])
    coming = [row for row in rows if row.shift.ends_at >= now]
    context = {
        "coming": [_shown(row) for row in coming], "asked": [_shown(row) for row in mine(person).filter(came=True, choice_asked=False)[:5]],
        "searches": [{"search": s, "said": ", ".join(said(Filters.of(QueryDict(s.query)))) or _("everything")} for s in SavedSearch.objects.filter(person=person)], "form": form, "calendar": _calendar_pass(person), "base": settings.BASE_URL, "stage": "act", "listed": Listing.objects.filter(person=person).exists(),
        "now": now,
    }  # fmt: skip
    return render(request, "volunteering/my_shifts.html", context)


def _shown(row: SignUp) -> dict[str, Any]:
    starts, ends = row.shift.local()
    return {"row": row, "shift": row.shift, "record": row.shift.opportunity, "starts": starts, "ends": ends}


def _profile(person: Person) -> dict[str, Any]:
    found = Profile.objects.filter(person=person).first()
    return {"skills": found.skills, "languages": found.languages} if found else {}


def _calendar_pass(person: Person) -> Pass | None:
    return Pass.objects.filter(purpose="volunteering.calendar", subject_id=person.pk, revoked_at=None, expires_at__gt=clock.now()).first()


def _act(request: Any, person: Person, form: ProfileForm) -> None:
    doing, by = request.POST.get("do"), request.actor
    if doing == "step-back":
        step_back(by=by, sign_up=scoped_or_404(SignUp.objects.filter(person=person), pk=request.POST.get("sign_up") or 0))
        messages.success(request, _("You have stepped back. Nothing of it is kept."))
    elif doing == "choice" and request.POST.get("freely") in ("yes", "no"):
        row = scoped_or_404(SignUp.objects.filter(person=person, came=True), pk=request.POST.get("sign_up") or 0)
        answer_choice(by=by, sign_up=row, freely=request.POST["freely"] == "yes")
        messages.success(request, _("Thank you. Only the sum is kept; nobody can see your answer."))
    elif doing == "forget":
        forget_search(by=by, search=scoped_or_404(SavedSearch.objects.filter(person=person), pk=request.POST.get("search") or 0))
    elif doing == "listing":
        allow_listing(by=by, person=person, allowed=request.POST.get("allowed") == "yes")
        messages.success(request, _("Saved."))
    elif doing == "profile":
        write_profile(by=by, person=person, **form.cleaned_data)
        messages.success(request, _("Saved."))
    elif doing == "calendar" and _calendar_pass(person) is None:
        issue_pass(
            by=Actor.system("calendar"), purpose="volunteering.calendar", issued_by=person.home, subject_id=person.pk, single_use=False,
            language=(get_language() or "en")[:2], expires_at=clock.now() + 400 * DAY,
        )  # fmt: skip


@declare_pass_page("volunteering.calendar", lambda held: _("My shifts as a calendar:"))
def my_calendar(request: Any, held: Pass) -> HttpResponse:
    """One's own shifts for a calendar program, which cannot sign in: by a link that one can take back."""
    person = scoped_or_404(Person.objects.filter(erased_at=None), pk=held.subject_id)
    return _calendar((row.shift for row in mine(person).filter(waiting=False)), held.language)


def shift_calendar(request: Any, pk: int) -> HttpResponse:
    """One shift of a public opportunity."""
    shift = scoped_or_404(Shift.objects.select_related("opportunity__owner").filter(opportunity__visibility="public"), pk=pk)
    answer = _calendar([shift], (get_language() or "en")[:2])
    answer["Content-Disposition"] = f'attachment; filename="shift-{pk}.ics"'
    return answer


def _calendar(shifts: Any, language: str) -> HttpResponse:
    reminder = rule_on("volunteer.reminder_hours", clock.today())
    entries = (
        CalendarEntry(
            f"shift-{shift.pk}@{settings.MESSAGE_ID_DOMAIN}", shift.opportunity.title.read(language).text, shift.starts_at, shift.ends_at,
            shift.opportunity.changed_at, shift.opportunity.where, url=opportunity_url(shift.opportunity, language), zone=shift.opportunity.time_zone,
            version=shift.version, cancelled=shift.called_off, remind=reminder,
        )
        for shift in shifts
    )  # fmt: skip
    return HttpResponse(calendar_file(entries), content_type="text/calendar; charset=utf-8")


@login_required
def check_in_page(request: Any) -> HttpResponse:
    """Arriving and leaving by the code on the host's screen. Kept by the phone, so that it opens without network too."""
    person = request.actor.person
    if person is None:
        raise Http404
    if request.method == "POST" and request.content_type == "application/json":
        return _sync(request)
    fault = ""
    if request.method == "POST":
        try:
            _arrive(request, request.POST, clock.now())
            messages.success(request, _("Noted. Thank you for being there."))
            return redirect("check_in")
        except TertiaError as error:
            fault = error.sentence()
    now = clock.now()
    rows = [
        _shown(row)
        for row in mine(person).filter(
            waiting=False, shift__called_off=False, shift__ends_at__gte=now - DAY / 2, shift__starts_at__lte=now + DAY
        )
    ]
    context = {
        "rows": rows, "fault": fault, "code": request.POST.get("code") or request.GET.get("code", ""), "chosen": request.POST.get("shift") or request.GET.get("shift", ""),
        "key": secrets.token_hex(8), "now": now, "stage": "act",
    }  # fmt: skip
    answer = render(request, "volunteering/check_in.html", context, status=400 if fault else 200)
    answer["X-Tertia-Offline"] = "keep"
    return answer


def _arrive(request: Any, given: Any, at: Any) -> None:
    shift = scoped_or_404(
        Shift.objects.select_related("opportunity__owner"),
        pk=int(given.get("shift") or 0) if str(given.get("shift") or 0).isdecimal() else 0,
    )
    check_in(
        by=request.actor,
        shift=shift,
        code=str(given.get("code", "")),
        key=str(given.get("key") or secrets.token_hex(8)),
        at=at,
        kind=str(given.get("kind", "in")),
    )


def _sync(request: Any) -> HttpResponse:
    """One arrival that the phone kept for itself: `{shift, code, key, at, kind}`."""
    try:
        body = json.loads(request.body)
        at = parse_datetime(str(body["at"]))
        if at is None or at.tzinfo is None:
            raise ValueError("at")
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"kept": False, "sentence": _("This entry could not be read.")}, status=400)
    try:
        _arrive(request, body, at)
    except BadInput as error:
        return JsonResponse({"kept": False, "sentence": error.sentence()}, status=400)
    return JsonResponse({"kept": True})
