"""Offers: the list, writing one down, deciding of suggested ones."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.pages import Pages
from tertia.core.actions.policies import WORKERS, WRITERS
from tertia.core.languages.forms import NamedField, TextFormField, text_of
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import home_of, university_here
from tertia.core.periods import clock
from tertia.core.periods.forms import DayInput
from tertia.core.records.models import Record
from tertia.core.records.queries import record_for
from tertia.core.search.matching import Index
from tertia.plan.capacities.actions import close_offer, decide_match, write_offer
from tertia.plan.capacities.models import Offer
from tertia.plan.capacities.panels import SUGGESTED_FOR
from tertia.plan.capacities.suggest import offers_on
from tertia.plan.capacities.words import KIND_WORDS

__all__ = ["match", "offer_close", "offer_new", "offers"]


class OfferForm(forms.Form):
    title = TextFormField(label=gettext_lazy("What is offered?"), max_length=250)
    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=[(k, KIND_WORDS[k]) for k in Offer.Kind.values])
    words = TextFormField(label=gettext_lazy("Tell more"), rows=3, max_length=2000, required=False)
    organisation = NamedField(label=gettext_lazy("Who offers it"), queryset=Organisation.objects.none())
    mine = forms.BooleanField(label=gettext_lazy("It is my own expertise; my name may stand beside it"), required=False)
    contact = forms.CharField(label=gettext_lazy("How to reach whoever offers it"), max_length=200, required=False)
    until = forms.DateField(label=gettext_lazy("Until"), widget=DayInput(), required=False)

    def __init__(self, *args: Any, bodies: Any, only_mine: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = bodies
        if only_mine:
            self.fields["mine"].initial = True


def offers(request: Any) -> HttpResponse:
    """What units, people and partners offer; by words the nearest first."""
    owner = university_here()
    kind, said = request.GET.get("kind", ""), request.GET.get("q", "").strip()
    rows: Any = offers_on(owner.pk, clock.today()) if owner else Offer.objects.none()
    if kind in Offer.Kind.values:
        rows = rows.filter(kind=kind)
    if said:
        there = list(rows)
        near = Index([o.said for o in there]).nearest([said], None, 50, 0.01)[0]
        rows = [there[s.at] for s in near]
    page = Pages(rows, 50).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.kind_word = KIND_WORDS[row.kind]
    may = request.actor.organisations(*WRITERS, "partner", "administrator")
    context = {"page": page, "rows": page.object_list, "kinds": KIND_WORDS, "kind": kind, "q": said, "may_add": bool(may), "actor_person": request.actor.person_id, "stage": "plan", "works": bool(owner and request.actor.has(owner.pk, *WORKERS))}  # fmt: skip
    return render(request, "capacities/offers.html", context)


@login_required
def offer_new(request: Any) -> HttpResponse:
    owner = home_of(request.actor, *WRITERS, "administrator")
    if owner is not None:
        works = request.actor.has(owner.pk, *WORKERS)
        bodies = Organisation.objects.filter(pk=owner.pk) | Organisation.objects.filter(parent=owner)
        if works:
            bodies = bodies | Organisation.objects.filter(hosts=False, merged_into=None).exclude(kind__in=("unit", "class"))
    else:
        owner, works = university_here(), True
        bodies = Organisation.objects.filter(pk__in=request.actor.organisations("office", "leader", "partner"), hosts=False)
        if owner is None or not bodies.exists():
            raise Http404
    form = OfferForm(request.POST or None, bodies=bodies.distinct().order_by("-hosts", "slug"), only_mine=not works)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        person = request.actor.person if given.pop("mine") else None
        try:
            write_offer(by=request.actor, owner=owner, person=person, **given)
        except TertiaError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The offer is written down."))
            return redirect("offers")
    return render(request, "capacities/offer_new.html", {"form": form, "stage": "plan"})


@login_required
def offer_close(request: Any, pk: int) -> HttpResponse:
    offer = scoped_or_404(Offer.objects.select_related("organisation"), pk=pk)
    if request.method != "POST":
        raise Http404
    close_offer(by=request.actor, offer=offer, on=clock.today())
    messages.success(request, _("It is offered no longer."))
    return redirect("offers")


@login_required
def match(request: Any, pk: int) -> HttpResponse:
    """Take or refuse a suggested offer."""
    record = record_for(request.actor, Record, pk=pk)
    if request.method != "POST" or record.kind not in SUGGESTED_FOR:
        raise Http404
    offer = scoped_or_404(Offer.objects.all(), pk=id_of(request.POST.get("offer")))
    try:
        decide_match(
            by=request.actor,
            record=record,
            offer=offer,
            fits=request.POST.get("do") == "fits",
            on=clock.today(),
            reason=text_of(request.POST, "reason"),
        )
    except TertiaError as error:
        messages.error(request, error.sentence())
    return redirect(
        request.POST.get("next")
        if request.POST.get("next", "").startswith("/") and not request.POST["next"].startswith("//")
        else record.get_absolute_url()
    )
