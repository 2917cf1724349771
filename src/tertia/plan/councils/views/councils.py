"""Councils: the list, one of them with its seats and what came of those from outside, its order; suggesting something to one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.policies import OFFICE
from tertia.core.languages.forms import text_of
from tertia.core.parties.models import Organisation, Person
from tertia.core.parties.queries import home_of, organisations, own_here, workers_of
from tertia.core.periods import clock
from tertia.core.periods.years import academic_year
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for, record_named
from tertia.plan.councils.actions import (
    add_seat,
    answer_suggestion,
    close_seat,
    end_tenure,
    fill_seat,
    found_council,
    name_deputy,
    set_order,
    suggest,
)
from tertia.plan.councils.forms import CouncilForm, HolderForm, OrderForm, SeatForm, SuggestionForm
from tertia.plan.councils.models import Council, Seat, Suggestion, Tenure
from tertia.plan.councils.queries import (
    councils_for,
    decisions_for,
    meetings_for,
    my_invitations,
    order_on,
    outside_effect,
    seats_of,
    shortages,
    standing_quorum,
)
from tertia.plan.councils.vocabulary import DUTIES, SECTORS, type_word

__all__ = ["council", "council_list", "council_new", "council_seats", "suggestion_new"]

#: what a suggestion may come out of
SOURCES = ("need", "conversation", "proposal", "recommendation", "decision")


def keeps(actor: Any, found: Council) -> bool:
    """Whether somebody keeps this council: its secretary, and the office."""
    return bool(actor.has(found.owner_id, *OFFICE)) or (actor.person_id is not None and actor.person_id == found.responsible_id)


def council_list(request: Any) -> HttpResponse:
    """Councils, the meetings that come, and to which of them the reader is invited."""
    rows = list(own_here(councils_for(request.actor)))
    for row in rows:
        row.form_word = type_word(row.form)
    today = clock.today()
    coming = own_here(meetings_for(request.actor)).filter(starts_on__gte=today).exclude(state="withdrawn").order_by("starts_at", "pk")[:20]
    context = {
        "rows": rows, "coming": coming, "mine": list(my_invitations(request.actor, today)), "stage": "plan", "may_add": home_of(request.actor, *OFFICE) is not None,
    }  # fmt: skip
    return render(request, "councils/council_list.html", context)


@login_required
def council_new(request: Any) -> HttpResponse:
    owner = home_of(request.actor, *OFFICE)
    if owner is None:
        raise Http404
    units = Organisation.objects.filter(parent=owner, kind="unit")
    form = CouncilForm(
        request.POST or None, councils=Council.objects.filter(owner=owner, state="standing"), units=units, initial={"on": clock.today()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = found_council(by=request.actor, owner=owner, secretary=request.actor.person, **form.cleaned_data)
            return redirect("council_seats", slug=made.slug)
        except TertiaError as error:
            add_refusal(form, error)
    return render(request, "parties/form.html", {"form": form, "heading": _("Set up a council"), "button": _("Set it up"), "stage": "plan"})


def council(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Council, slug=slug)
    works, today = keeps(request.actor, record), clock.today()
    fault = ""
    if request.method == "POST" and works and request.POST.get("do") == "answer":
        told = scoped_or_404(Suggestion.objects.filter(council=record), pk=id_of(request.POST.get("which")))
        try:
            answer_suggestion(
                by=request.actor,
                suggestion=told,
                state=request.POST.get("state", "declined"),
                answer=text_of(request.POST, "answer"),
                on=today,
            )
            return redirect("council", slug=slug)
        except TertiaError as error:
            fault = error.sentence()
    order, seats = order_on(record, today), seats_of(record, today)
    year = academic_year(today)
    short = [(SECTORS.get(m.sector, m.sector), m) for m in shortages(seats, order, today)]
    context = record_context(
        request, record, form_word=type_word(record.form), order=order, seats=seats, short=short, quorum=standing_quorum(record, order, today), works_council=works,
        meetings=list(meetings_for(request.actor).filter(council=record).order_by("-starts_at", "-pk")[:20]), duties=DUTIES, sectors=SECTORS, fault=fault,
        open_decisions=list(decisions_for(request.actor).filter(council=record, state="to-do").order_by("due_on", "pk")[:30]),
        effect=outside_effect(record, year.start, today), year=year, rolls_there=record.rolls.exists(), below=list(councils_for(request.actor).filter(above=record)),
        suggestions=list(record.suggestions.select_related("organisation", "source")[:30]) if works else [],
    )  # fmt: skip
    return render(request, "councils/council.html", context, status=400 if fault else 200)


@login_required
def council_seats(request: Any, slug: str) -> HttpResponse:
    """Seats and who holds them; the order by which the council works."""
    record = record_for(request.actor, Council, slug=slug)
    if not keeps(request.actor, record):
        raise Http404
    doing, today = request.POST.get("do", ""), clock.today()
    order = order_on(record, today)
    people = workers_of(record.owner, today) | Person.objects.filter(pk__in=Tenure.objects.filter(seat__council=record).values("person"))
    seat_form = SeatForm(request.POST if doing == "seat" else None, auto_id="seat_%s")
    holder_form = HolderForm(
        request.POST if doing == "fill" else None,
        organisations=organisations().filter(hosts=False),
        people=people.distinct(),
        initial={"starts_on": today},
    )
    order_form = OrderForm(request.POST if doing == "order" else None, initial=_order_initial(order, today), auto_id="order_%s")
    if request.method == "POST":
        try:
            if _act(request, record, doing, seat_form, holder_form, order_form, today):
                return redirect("council_seats", slug=slug)
        except TertiaError as error:
            add_refusal({"fill": holder_form, "order": order_form}.get(doing, seat_form), error)
    context = {
        "record": record, "seats": seats_of(record, today), "seat_form": seat_form, "holder_form": holder_form, "order_form": order_form, "order": order, "sectors": SECTORS,
        "duties": DUTIES, "stage": "plan", "doing": doing, "which": id_of(request.POST.get("seat") or request.GET.get("fill")), "orders": list(record.orders.all()), "today": today,
    }  # fmt: skip
    return render(request, "councils/seats.html", context)


def _order_initial(order: Any, today: dt.date) -> dict[str, Any]:
    if order is None:
        return {"valid_from": today, "quorum_strict": True}
    told = {k: getattr(order, k) for k in ("quorum", "quorum_strict", "majority", "majority_of", "casting_vote")}
    return {"valid_from": today, **told, **{f"fewest_{k}": v[0] for k, v in order.composition.items()}}


def _act(
    request: Any, record: Council, doing: str, seat_form: SeatForm, holder_form: HolderForm, order_form: OrderForm, today: dt.date
) -> bool:
    if doing == "seat" and seat_form.is_valid():
        add_seat(by=request.actor, council=record, **seat_form.cleaned_data)
        return True
    if doing == "order" and order_form.is_valid():
        given = {k: v for k, v in order_form.cleaned_data.items() if not k.startswith("fewest_")}
        set_order(by=request.actor, council=record, composition=order_form.composition, **given)
        return True
    if doing in ("fill", "close-seat"):
        seat = scoped_or_404(Seat.objects.filter(council=record), pk=id_of(request.POST.get("seat")))
        if doing == "close-seat":
            close_seat(by=request.actor, seat=seat, on=today)
            return True
        if holder_form.is_valid():
            fill_seat(by=request.actor, seat=seat, **holder_form.cleaned_data)
            return True
        return False
    if doing in ("end", "deputy"):
        tenure = scoped_or_404(Tenure.objects.filter(seat__council=record), pk=id_of(request.POST.get("tenure")))
        if doing == "end":
            end_tenure(by=request.actor, tenure=tenure, on=today, why=request.POST.get("why", ""))
        else:
            name_deputy(
                by=request.actor, tenure=tenure, name=request.POST.get("deputy_name", ""), email=request.POST.get("deputy_email", "")
            )
        return True
    return False


@login_required
def suggestion_new(request: Any) -> HttpResponse:
    """Suggest something to a council, out of a need, a conversation, a proposal, an earlier decision, or from one's own side."""
    source = record_named(request.actor, request.GET.get("from", ""), *SOURCES)
    bodies = organisations().filter(pk__in=request.actor.organisations("office", "leader", "editor", "partner"), hosts=False)
    open_ones = councils_for(request.actor).filter(state="standing")
    chosen = open_ones.filter(slug=request.GET.get("council", "")).first()
    initial = {"title": source.title, "words": source.summary} if source else {}
    if (body := bodies.first()) is not None:
        initial |= {
            "organisation": body.pk,
            "sector": {"business": "employer", "association": "employer", "akimat": "local", "ministry": "state", "nonprofit": "ngo"}.get(
                body.kind, "other"
            ),
        }
    if chosen:
        initial["council"] = chosen.pk
    form = SuggestionForm(request.POST or None, councils=open_ones, organisations=bodies, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = suggest(by=request.actor, source=source, on=clock.today(), **form.cleaned_data)
            messages.success(request, _("It is suggested. The council answers with a reason, and you are told."))
            return redirect("council", slug=made.council.slug)
        except TertiaError as error:
            add_refusal(form, error)
    context = {"form": form, "heading": _("Suggest something to a council"), "button": _("Suggest it"), "stage": "plan"}
    return render(request, "parties/form.html", context)
