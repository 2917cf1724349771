"""Organisations, the people of one's own university, and what is kept about oneself."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from tertia.core.access.links import pass_url
from tertia.core.access.pages import declare_pass_page
from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.errors import BadInput, TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.pages import Pages
from tertia.core.messages.outbox import write_message
from tertia.core.panels.declare import panels_at
from tertia.core.parties.actions import accept_invitation, add_deputy, erase_person, found_organisation, import_people, invite
from tertia.core.parties.erasure import held_about
from tertia.core.parties.forms import KIND_WORDS, DeputyForm, DescribeForm, InviteForm, OrganisationForm, PeopleFileForm, UnitForm
from tertia.core.parties.merging import MAY_DESCRIBE, describe_organisation, write_identifiers
from tertia.core.parties.models import Deputy, Invitation, Organisation
from tertia.core.parties.people_file import read_people
from tertia.core.parties.queries import counts_of, managed_by, members_of, organisations, workers_of
from tertia.core.periods import clock
from tertia.core.records.actions import hand_over
from tertia.core.records.models import OwedAnswer, Record
from tertia.core.records.queries import owed_answers
from tertia.core.records.schema import address_of, as_script, organisation_schema
from tertia.core.records.slugs import free_word

__all__ = ["add_organisation", "choose_theme", "describe", "first_day", "my_data", "organisation", "organisation_list", "people"]


def organisation_list(request: Any) -> HttpResponse:
    kind = request.GET.get("kind", "")
    page = Pages(organisations(kind=kind if kind in Organisation.Kind.values else ""), 50).get_page(request.GET.get("page"))
    return render(
        request,
        "parties/organisations.html",
        {"page": page, "rows": page.object_list, "kind": kind, "kinds": KIND_WORDS, "may_add": managed_by(request.actor), "stage": "act"},
    )


def organisation(request: Any, slug: str) -> HttpResponse:
    found = (
        Organisation.objects.select_related("place", "parent", "merged_into")
        .prefetch_related("names", "identifiers")
        .filter(slug=slug)
        .first()
    )
    if found is None:
        raise Http404
    if found.merged_into is not None:
        return redirect("organisation", slug=found.merged_into.slug)
    owed = owed_answers(request.actor).filter(party=found).order_by(F("sent_on").desc(nulls_last=True), "-pk")[:50]
    records = Record.objects.visible_to(request.actor).filter(as_activity__host=found).select_related("owner")[:20]
    return render(
        request, "parties/organisation.html",
        {"organisation": found, "owed": owed, "records": records, "kind_word": KIND_WORDS[found.kind], "stage": "act",
         "open": sum(o.state in OwedAnswer.OPEN for o in owed), "panels": panels_at("organisation", request, found),
         "may_write": MAY_DESCRIBE(request.actor, {"organisation": found, "within": managed_by(request.actor)}),
         "schema_script": as_script({"@context": "https://schema.org", **organisation_schema(found), "@id": address_of(request.path)}),
         "mergers": list(found.mergers.select_related("gone")[:10])},
    )  # fmt: skip


@login_required
def add_organisation(request: Any) -> HttpResponse:
    home = managed_by(request.actor)
    if home is None:
        raise Http404
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = found_organisation(
                by=request.actor, within=home, slug=free_word(form.cleaned_data["name"], Organisation), **form.cleaned_data
            )
        except TertiaError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("%(name)s is written down.") % {"name": made.name})
            return redirect("organisation", slug=made.slug)
    return render(
        request,
        "parties/form.html",
        {"form": form, "heading": _("Write down an organisation"), "button": _("Write it down"), "stage": "act"},
    )


@login_required
def describe(request: Any, slug: str) -> HttpResponse:
    """Address, site and numbers of an organisation; its own people may write them, and the office."""
    found = scoped_or_404(Organisation.objects.filter(merged_into=None).prefetch_related("identifiers"), slug=slug)
    within = managed_by(request.actor)
    if not MAY_DESCRIBE(request.actor, {"organisation": found, "within": within}):
        raise Http404
    initial = {name: getattr(found, name) for name in ("short_name", "email", "website", "letter_language")} | {
        i.scheme: i.value for i in found.identifiers.all()
    }
    form = DescribeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        numbers = {scheme: given.pop(scheme) for scheme in ("bin", "ror", "wikidata")}
        try:
            with transaction.atomic():
                describe_organisation(by=request.actor, organisation=found, within=within, **given)
                write_identifiers(by=request.actor, organisation=found, within=within, given=numbers)
        except TertiaError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("organisation", slug=slug)
    return render(request, "parties/form.html", {"form": form, "heading": found.name, "button": _("Keep"), "stage": "act"})


@login_required
def people(request: Any) -> HttpResponse:
    """The people of one's university: the nightly list, invitations, deputies, hand-over."""
    home = managed_by(request.actor)
    if home is None:
        raise Http404
    today = clock.today()
    doing = request.POST.get("do", "")
    file_form = PeopleFileForm(request.POST or None, request.FILES or None) if doing == "file" else PeopleFileForm()
    invite_form = InviteForm(request.POST) if doing == "invite" else InviteForm(initial={"role": "member"})
    workers = workers_of(home, today)
    deputy_form = DeputyForm(request.POST if doing == "deputy" else None, people=workers.exclude(pk=request.actor.person_id))
    try:
        if doing == "file" and file_form.is_valid():
            done = import_people(by=request.actor, organisation=home, rows=read_people(request.FILES["file"].read()), today=today)
            messages.success(request, _("%(added)d added, %(changed)d changed, %(same)d the same, %(ended)d ended.") % vars(done))
            return redirect("people")
        if doing == "invite" and invite_form.is_valid():
            _invite(request, home, invite_form.cleaned_data)
            return redirect("people")
        if doing == "deputy" and deputy_form.is_valid():
            add_deputy(by=request.actor, organisation=home, person=request.actor.person, **deputy_form.cleaned_data)
            messages.success(request, _("The deputy is written down."))
            return redirect("people")
        if doing == "hand-over":
            return _hand_over(request, home, workers)
    except BadInput as error:
        add_refusal(file_form if doing == "file" else deputy_form, error)
    page = Pages(members_of(home, today, request.GET.get("q", "").strip()), 50).get_page(request.GET.get("page"))
    context = {
        "home": home, "page": page, "rows": page.object_list, "counts": counts_of(home, today), "file_form": file_form,
        "invite_form": invite_form, "deputy_form": deputy_form, "workers": workers, "q": request.GET.get("q", ""),
        "invitations": Invitation.objects.filter(organisation=home, accepted_at=None)[:10],
        "deputies": Deputy.objects.filter(organisation=home, valid_to__gte=today).select_related("person", "deputy")[:20], "stage": "today",
        "administers": request.actor.has(home.pk, "administrator"),
    }  # fmt: skip
    return render(request, "parties/people.html", context)


def _invite(request: Any, home: Organisation, given: dict[str, Any]) -> None:
    made = invite(by=request.actor, organisation=home, **given)
    with translation.override(made.language):
        name = home.name.read(made.language).text
        write_message(
            key=f"invitation:{made.pk}", to=made.email, language=made.language, organisation=home, demonstration=home.demonstration,
            subject=_("Invitation to work with %(name)s in Tertia") % {"name": name},
            body=_("%(name)s invites you. Sign in with this address and open the link:") % {"name": name} + f"\n{pass_url(made.link_pass)}",
        )  # fmt: skip
    messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": made.email})


def _hand_over(request: Any, home: Organisation, workers: Any) -> HttpResponse:
    given, taken = (workers.filter(pk=id_of(request.POST.get(k))).first() for k in ("from", "to"))
    if given is None or taken is None or given == taken:
        messages.error(request, _("Choose two different people. Nothing was handed over."))
    else:
        count = hand_over(by=request.actor, organisation=home, from_person=given, to_person=taken)
        messages.success(request, _("%(n)d things are handed over from %(a)s to %(b)s.") % {"n": count, "a": given, "b": taken})
    return redirect("people")


def _invitation_words(held: Any) -> str:
    return _("You are invited to work with %(name)s. Sign in and open this link:") % {
        "name": held.issued_by.name.read(translation.get_language()[:2]).text
    }


@declare_pass_page("parties.invitation", _invitation_words)
def invitation(request: Any, held: Any) -> HttpResponse:
    made = Invitation.objects.select_related("organisation").filter(pk=held.subject_id).first()
    if made is None:
        raise Http404
    if request.method == "POST" and request.actor.person:
        accept_invitation(by=request.actor, invitation=made, held=held, today=clock.today())
        messages.success(request, _("You work with %(name)s now.") % {"name": made.organisation.name})
        return redirect("today")
    return render(request, "parties/invitation.html", {"invitation": made})


@login_required
def first_day(request: Any) -> HttpResponse:
    """What a new university does first: names, units, people, colleagues; and the demonstration beside it goes."""
    home = managed_by(request.actor)
    if home is None:
        raise Http404
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        slug = f"{home.slug}-{free_word(name, Organisation)}"[:80]
        found_organisation(by=request.actor, within=home, parent=home, kind="unit", name=name, slug=slug, demonstration=home.demonstration)
        return redirect("first_day")
    context = {
        "home": home,
        "form": form,
        "units": Organisation.objects.filter(parent=home),
        "people_count": sum(counts_of(home, clock.today()).values()),
        "languages_missing": [lang for lang in ("kk", "ru", "en") if lang not in home.name.versions],
        "records": Record.objects.filter(owner=home).count(),
        "stage": "today",
    }
    return render(request, "parties/first_day.html", context)


@login_required
def choose_theme(request: Any) -> HttpResponse:
    """Light, dark, or as the system has it; kept with the account."""
    if request.method == "POST" and request.POST.get("theme") in ("", "light", "dark"):
        request.user.theme = request.POST["theme"]
        request.user.save(update_fields=["theme"])
    return redirect("my_data")


@login_required
def my_data(request: Any) -> HttpResponse:
    """What is kept about me: to read, to take away as JSON, to have erased."""
    person = request.actor.person
    if person is None:
        return render(request, "parties/my_data.html", {"held": []})
    held = held_about(person)
    if request.GET.get("format") == "json":
        body = [
            {"model": h.model, "id": str(h.pk), "values": h.values, "purposes": {k: p.purpose for k, p in h.purposes.items()}} for h in held
        ]
        answer = HttpResponse(json.dumps(body, ensure_ascii=False, indent=1), content_type="application/json")
        answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
        return answer
    if request.method == "POST":
        if request.POST.get("sure") != "yes":
            messages.error(request, _("Tick the box if you mean it. Nothing was erased."))
            return redirect("my_data")
        erase_person(by=request.actor, person=person)
        logout(request)
        messages.success(request, _("What was personal about you is erased. Records and figures stay, without you."))
        return redirect("home")
    return render(request, "parties/my_data.html", {"held": held, "person": person})
