"""The desk of the press office: what came in, the outlets that are followed, what nobody wrote about, what no record bears out."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal, carried_out
from tertia.core.actions.pages import Pages
from tertia.core.actions.policies import OFFICE
from tertia.core.languages.forms import text_of
from tertia.core.parties.queries import home_of, organisations
from tertia.core.periods import clock
from tertia.core.places.queries import regions_on
from tertia.core.records.models import Record
from tertia.tell.mentions.actions import (
    add_mention,
    add_outlet,
    bear_out,
    change_outlet,
    drop_mention,
    keep_mention,
    refuse_suggestion,
    tie_mention,
)
from tertia.tell.mentions.forms import MentionForm, OutletForm
from tertia.tell.mentions.models import Mention, Outlet, StoryClaim
from tertia.tell.mentions.pieces import New
from tertia.tell.mentions.queries import outlets_of, precision_of, unproven_claims, waiting_mentions, without_word

__all__ = ["mention_new", "mentions_desk", "outlet", "outlets", "untold"]


def _home(request: Any) -> Any:
    home = home_of(request.actor, *OFFICE)
    if home is None:
        raise Http404
    return home


@login_required
def mentions_desk(request: Any) -> HttpResponse:
    home = _home(request)
    if request.method == "POST":
        mention = scoped_or_404(Mention.objects.filter(owner=home), pk=id_of(request.POST.get("mention")))
        carried_out(request, None, lambda: _decide(request, mention))
        return redirect(request.get_full_path())
    page = Pages(waiting_mentions(home).prefetch_related("suggestions__record"), 30).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": page.object_list, "precision": precision_of(home), "stage": "tell", "outlet_count": outlets_of(home).count(),
        "untold_count": without_word(request.actor, home).count(), "claims_count": unproven_claims(home).count(),
    }  # fmt: skip
    return render(request, "mentions/desk.html", context)


def _decide(request: Any, mention: Mention) -> None:
    doing, by, today = request.POST.get("do", ""), request.actor, clock.today()
    if doing == "keep":
        keep_mention(by=by, mention=mention)
    elif doing == "drop":
        drop_mention(by=by, mention=mention)
    elif doing in ("yes", "no"):
        record = scoped_or_404(Record.objects.visible_to(by), pk=id_of(request.POST.get("record")))
        (tie_mention if doing == "yes" else refuse_suggestion)(by=by, mention=mention, record=record, on=today)


@login_required
def mention_new(request: Any) -> HttpResponse:
    home = _home(request)
    form = MentionForm(request.POST or None, outlets=Outlet.objects.filter(owner=home), initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            of = given["outlet"] or add_outlet(by=request.actor, owner=home, name=given["new_outlet"], demonstration=home.demonstration)
            piece = New(
                given["title"], given["words"], given["address"], given["on"], "" if given["language"] == "other" else given["language"], given["tone"], given["origin"],
                given["reach"], given["reach_source"],
            )  # fmt: skip
            made = add_mention(by=request.actor, outlet=of, piece=piece, today=clock.today(), demonstration=home.demonstration)
        except TertiaError as error:
            add_refusal(form, error)
        else:
            return redirect("mention", slug=made.slug)
    return render(request, "mentions/mention_new.html", {"form": form, "stage": "tell"})


@login_required
def untold(request: Any) -> HttpResponse:
    """The two lists: what nobody wrote about, and what stories claim without proof."""
    home = _home(request)
    if request.method == "POST":
        claim = scoped_or_404(StoryClaim.objects.filter(story__owner=home), pk=id_of(request.POST.get("claim")))
        carried_out(request, None, lambda: _prove(request, claim))
        return redirect(request.get_full_path())
    page = Pages(without_word(request.actor, home), 30).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": page.object_list,
        "claims": list(unproven_claims(home)[:50]),
        "claims_total": unproven_claims(home).count(),
        "stage": "tell",
    }
    return render(request, "mentions/untold.html", context)


def _prove(request: Any, claim: StoryClaim) -> None:
    bear_out(by=request.actor, claim=claim, on=clock.today(), source=text_of(request.POST, "source"))


@login_required
def outlets(request: Any) -> HttpResponse:
    home = _home(request)
    form = _outlet_form(request, None)
    if request.method == "POST" and form.is_valid():
        try:
            add_outlet(by=request.actor, owner=home, demonstration=home.demonstration, **form.cleaned_data)
        except TertiaError as error:
            add_refusal(form, error)
        else:
            return redirect("outlets")
    return render(request, "mentions/outlets.html", {"form": form, "rows": list(outlets_of(home)[:500]), "stage": "tell"})


@login_required
def outlet(request: Any, slug: str) -> HttpResponse:
    found = scoped_or_404(Outlet.objects.filter(owner=_home(request)).select_related("owner"), slug=slug)
    form = _outlet_form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            change_outlet(by=request.actor, outlet=found, **form.cleaned_data)
        except TertiaError as error:
            add_refusal(form, error)
        else:
            return redirect("outlets")
    return render(request, "mentions/outlet.html", {"form": form, "outlet": found, "stage": "tell"})


def _outlet_form(request: Any, found: Outlet | None) -> OutletForm:
    initial = {name: getattr(found, name) for name in OutletForm.base_fields} if found else None
    return OutletForm(
        request.POST or None, initial=initial, places=regions_on(clock.today()), bodies=organisations(kind="media")
    )  # fmt: skip
