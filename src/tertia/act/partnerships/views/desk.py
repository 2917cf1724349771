"""A partner's own page with an account; registration; the office's lists: registrations, doubles, who knows whom, contacts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Sum
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tertia.act.activities.models import Activity, Participation
from tertia.act.partnerships.actions import (
    answer_assessment,
    ask_assessment,
    decide_registration,
    erase_contact,
    invite_to_desk,
    keep_contact,
    propose_agreement,
    register,
    say_not_twins,
    take_over_contacts,
    write_contact,
)
from tertia.act.partnerships.forms import AssessForm, ContactForm, ProposeForm, RegisterForm
from tertia.act.partnerships.models import Agreement, AgreementParty, Assessment, Contact, Registration
from tertia.act.partnerships.queries import alike_pairs, ending, party_of, sides_of, sleeping, spoken_for, waiting_for, who_knows_whom
from tertia.act.partnerships.vocabulary import AGAIN, MET, type_word
from tertia.core.access.links import pass_url
from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.access.voices import speaker_of
from tertia.core.actions.actor import ANONYMOUS
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.policies import OFFICE, WORKERS
from tertia.core.languages.forms import LongSelect, text_of
from tertia.core.languages.templatetags.languages import plain
from tertia.core.parties.alike import Party, twins
from tertia.core.parties.forms import KIND_WORDS
from tertia.core.parties.merging import merge_organisations
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import home_of, organisations, university_here, workers_of
from tertia.core.periods import clock
from tertia.core.records.models import Record
from tertia.core.records.queries import record_for

__all__ = ["assess", "contacts", "desk", "desk_context", "doubles", "partnerships_watch", "register_page", "registrations"]


def desk_context(request: Any, organisation: Organisation, owner: Organisation) -> dict[str, Any]:
    """What waits for a partner, what was agreed, what came of it. A constant number of queries."""
    ids = AgreementParty.objects.filter(organisation=organisation).values("agreement")
    agreements = list(Agreement.objects.filter(pk__in=ids, owner=owner).exclude(state="withdrawn").order_by("-starts_on", "-pk")[:50])
    sides = sides_of(agreements)
    for row in agreements:
        row.sides, row.form_word = sides.get(row.pk, []), type_word(row.form)  # type: ignore[attr-defined]
    hosted = Activity.objects.filter(host=organisation, owner=owner).exclude(state="withdrawn")
    signed = Participation.objects.filter(sheet__activity__in=hosted).aggregate(h=Sum("hours_signed"))["h"] or Decimal(0)
    told = list(Assessment.objects.filter(party=organisation, record__owner=owner).exclude(answered_on=None).select_related("record")[:10])
    for one in told:
        one.met_word = MET.get(one.met, "")  # type: ignore[attr-defined]
    waits = waiting_for(organisation, owner, clock.today())
    for thing in (*waits.signatures, *waits.sheets, *waits.assessments):
        thing.url = pass_url(thing.link) if thing.link else ""
    return {
        "organisation": organisation, "owner": owner, "waits": waits, "agreements": agreements, "signed": signed, "hosted": hosted.count(),
        "latest": list(hosted.order_by("-starts_on", "-pk")[:10]), "told": told,
        "needs": list(Record.objects.visible_to(ANONYMOUS).filter(as_need__asked_by=organisation).order_by("-created_at", "-pk")[:10]),
    }  # fmt: skip


@login_required
def desk(request: Any) -> HttpResponse:
    """For whoever speaks for a body and has an account: the same page, for each of the bodies."""
    mine = list(spoken_for(request.actor)[:5])
    owner = university_here()
    if not mine or owner is None:
        raise Http404
    chosen = next((o for o in mine if o.slug == request.GET.get("of")), mine[0])
    form = ProposeForm(request.POST if request.POST.get("do") == "propose" else None)
    if form.is_bound and form.is_valid():
        try:
            made = propose_agreement(by=request.actor, organisation=chosen, owner=owner, on=clock.today(), **form.cleaned_data)
            messages.success(request, _("The office has your proposal."))
            return redirect("agreement", slug=made.slug)
        except TertiaError as error:
            add_refusal(form, error)
    return render(request, "partnerships/desk.html", desk_context(request, chosen, owner) | {"form": form, "mine": mine, "stage": "today"})


def register_page(request: Any) -> HttpResponse:
    """Any organisation may write itself down; the office looks at it."""
    owner = university_here()
    today = clock.today()
    form = RegisterForm(request.POST or None, initial={"language": request.LANGUAGE_CODE[:2]})
    if request.method == "POST" and form.is_valid() and owner:
        try:
            made = register(by=request.actor, owner=owner, on=today, network=speaker_of(request, today).network, **form.cleaned_data)
        except TertiaError as error:
            add_refusal(form, error)
        else:
            return render(request, "partnerships/registered.html", {"made": made, "stage": "act"})
    return render(request, "partnerships/register.html", {"form": form, "owner": owner, "stage": "act"})


@login_required
def registrations(request: Any) -> HttpResponse:
    owner = home_of(request.actor, "office", "leader", "administrator")
    if owner is None:
        raise Http404
    if request.method == "POST":
        row = scoped_or_404(Registration.objects.filter(owner=owner), pk=id_of(request.POST.get("which")))
        there = organisations().filter(pk=id_of(request.POST.get("join_to"))).first()
        try:
            decide_registration(
                by=request.actor,
                registration=row,
                decision=request.POST.get("do", ""),
                on=clock.today(),
                join_to=there,
                reason=text_of(request.POST, "reason"),
            )
            messages.success(request, _("Decided; whoever registered is told."))
        except TertiaError as error:
            messages.error(request, error.sentence())
        return redirect("registrations")
    waiting = list(Registration.objects.filter(owner=owner, state="waiting")[:50])
    likely = _likely(waiting)
    for row in waiting:
        row.kind_word, row.likely = KIND_WORDS.get(row.kind, row.kind), likely.get(row.pk, [])  # type: ignore[attr-defined]
    decided = list(Registration.objects.filter(owner=owner).exclude(state="waiting").select_related("organisation")[:20])
    return render(request, "partnerships/registrations.html", {"rows": waiting, "decided": decided, "stage": "act"})


def _likely(waiting: list[Any]) -> dict[int, list[Organisation]]:
    """Organisations that are there already and may be the one that registers."""
    if not waiting:
        return {}
    there = {o.pk: o for o in organisations().prefetch_related("names", "identifiers")}
    asked = [
        Party(
            -r.pk,
            r.kind,
            tuple(v[0] for v in r.name.versions.values()),
            r.email,
            r.website,
            None,
            frozenset({("bin", r.bin)} if r.bin else ()),
        )
        for r in waiting
    ]
    found: dict[int, list[Organisation]] = {}
    for pair in twins([*map(party_of, there.values()), *asked], least=0.6, among={p.pk for p in asked}):
        if pair.first < 0 < pair.second:
            found.setdefault(-pair.first, []).append(there[pair.second])
    return found


@login_required
def doubles(request: Any) -> HttpResponse:
    """Organisations that may be written down twice: merge, or say that they are two."""
    home = home_of(request.actor, "office", "administrator")
    if home is None:
        raise Http404
    if request.method == "POST":
        pair = {k: scoped_or_404(organisations(), pk=id_of(request.POST.get(k))) for k in ("into", "gone")}
        try:
            if request.POST.get("do") == "merge":
                merge_organisations(by=request.actor, within=home, reason=request.POST.get("reason", ""), **pair)
                messages.success(request, _("They are one now. Everything that named the other leads here."))
                return redirect("organisation", slug=pair["into"].slug)
            say_not_twins(by=request.actor, within=home, first=pair["into"], second=pair["gone"])
            messages.success(request, _("They are two; they are not shown again."))
        except TertiaError as error:
            messages.error(request, error.sentence())
        return redirect("doubles")
    pairs = alike_pairs(home)
    ids = {o.pk for _t, a, b in pairs for o in (a, b)}
    counts = dict(
        Agreement.objects.filter(parties__organisation__in=ids).order_by().values_list("parties__organisation").annotate(n=Sum(1))
    )
    rows = [
        {
            "twins": t,
            "a": a,
            "b": b,
            "kinds": (KIND_WORDS[a.kind], KIND_WORDS[b.kind]),
            "agreements": (counts.get(a.pk, 0), counts.get(b.pk, 0)),
        }
        for t, a, b in pairs
    ]
    choices = [(pk, plain(name)) for pk, name in organisations().filter(hosts=False).values_list("pk", "name")]
    others = {name: LongSelect(choices=choices).render(name, None, {"id": name}) for name in ("into", "gone")}
    return render(request, "partnerships/doubles.html", {"rows": rows, "others": others, "stage": "act"})


@login_required
def partnerships_watch(request: Any) -> HttpResponse:
    """What the office watches: who of us knows somebody there, what ends, what sleeps, who did not say how it went."""
    owner = home_of(request.actor, *WORKERS)
    if owner is None:
        raise Http404
    today = clock.today()
    if request.method == "POST":
        people = workers_of(owner, today)
        pair = [people.filter(pk=id_of(request.POST.get(k))).first() or _keeper(owner, request.POST.get(k)) for k in ("from", "to")]
        if pair[0] is None or pair[1] is None or pair[0] == pair[1]:
            messages.error(request, _("Choose two different people. Nothing was handed over."))
        else:
            count = take_over_contacts(by=request.actor, owner=owner, from_person=pair[0], to_person=pair[1])
            messages.success(request, _("%(n)d contacts are handed over.") % {"n": count})
        return redirect("partnerships_watch")
    knows = who_knows_whom(owner, today)
    ends, sleeps = list(ending(owner, today)[:50]), sleeping(owner, today)
    sides = sides_of([*ends, *sleeps])
    for row in (*ends, *sleeps):
        row.sides = sides.get(row.pk, [])
    keepers = {
        p.pk: p
        for p in (c.kept_by for c in Contact.objects.filter(owner=owner, erased_on=None).exclude(kept_by=None).select_related("kept_by"))
    }
    context = {
        "knows": knows[:100], "more": max(0, len(knows) - 100), "lonely": sum(k.state == "none" for k in knows), "single": sum(k.state == "one" for k in knows), "ending": ends, "sleeping": sleeps,
        "silent": list(Assessment.objects.filter(record__owner=owner, answered_on=None).exclude(party=owner).select_related("party", "record")[:20]),
        "keepers": sorted(keepers.values(), key=lambda p: p.name), "workers": workers_of(owner, today), "may_hand_over": request.actor.has(owner.pk, "office", "leader", "administrator"),
        "stage": "act", "today": today,
    }  # fmt: skip
    return render(request, "partnerships/watch.html", context)


def _keeper(owner: Organisation, words: Any) -> Any:
    row = Contact.objects.filter(owner=owner, kept_by=id_of(words)).select_related("kept_by").first()
    return row.kept_by if row else None


@login_required
def contacts(request: Any, slug: str) -> HttpResponse:
    """Contact persons of one partner, for those who work with it."""
    owner = home_of(request.actor, *WORKERS)
    organisation = scoped_or_404(Organisation.objects.filter(merged_into=None), slug=slug)
    if owner is None:
        raise Http404
    doing, today = request.POST.get("do", ""), clock.today()
    form = ContactForm(request.POST if doing == "write" else None)
    try:
        if doing == "write" and form.is_valid():
            write_contact(by=request.actor, owner=owner, organisation=organisation, on=today, **form.cleaned_data)
            return redirect("contacts", slug=slug)
        if doing in ("keep", "erase"):
            row = scoped_or_404(Contact.objects.filter(owner=owner, organisation=organisation), pk=id_of(request.POST.get("which")))
            if doing == "keep":
                keep_contact(by=request.actor, contact=row, consent=request.POST.get("consent", ""), on=today)
            else:
                erase_contact(by=request.actor, contact=row, on=today)
                messages.success(request, _("What was personal is erased."))
            return redirect("contacts", slug=slug)
        if doing == "desk":
            held = invite_to_desk(by=request.actor, owner=owner, organisation=organisation)
            return redirect("pass_share", pk=held.pk)
    except TertiaError as error:
        if doing == "write":
            add_refusal(form, error)
        else:
            messages.error(request, error.sentence())
            return redirect("contacts", slug=slug)
    rows = Contact.objects.filter(owner=owner, organisation=organisation, erased_on=None).select_related("kept_by")
    context = {
        "organisation": organisation, "rows": rows, "form": form, "stage": "act", "may_invite": request.actor.has(owner.pk, *OFFICE, "administrator"),
        "erased": Contact.objects.filter(owner=owner, organisation=organisation).exclude(erased_on=None).count(),
    }  # fmt: skip
    return render(request, "partnerships/contacts.html", context)


@login_required
def assess(request: Any, pk: int) -> HttpResponse:
    """Our own side of how it went, beside what the partner says; with a body's account, that body's side."""
    record = record_for(request.actor, Record, pk=pk)
    if record.kind not in ("activity", "agreement"):
        raise Http404
    ours = request.actor.has(record.owner_id, *OFFICE)
    one = Assessment.objects.filter(record=record, party=record.owner).first() if ours else None
    if not ours:
        one = (
            Assessment.objects.filter(record=record, party__in=request.actor.organisations("office", "leader", "partner"))
            .exclude(party=record.owner)
            .first()
        )
        if one is None:
            raise Http404
    form = AssessForm(request.POST or None, initial={k: getattr(one, k) for k in ("met", "again", "good", "change")} if one else {})
    if request.method == "POST" and form.is_valid():
        try:
            one = one or ask_assessment(by=request.actor, record=record, party=record.owner, on=clock.today())
            answer_assessment(by=request.actor, assessment=one, on=clock.today(), **form.cleaned_data)
            messages.success(request, _("Kept. Both sides see it."))
            return redirect(record.get_absolute_url())
        except TertiaError as error:
            add_refusal(form, error)
    others = list(Assessment.objects.filter(record=record).exclude(answered_on=None).select_related("party"))
    for other in others:
        other.met_word, other.again_word = MET.get(other.met, ""), AGAIN.get(other.again, "")  # type: ignore[attr-defined]
    return render(request, "partnerships/assess_own.html", {"record": record, "form": form, "others": others, "stage": "act"})
