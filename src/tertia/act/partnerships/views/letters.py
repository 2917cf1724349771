"""Pages behind links, without an account: sign an agreement, say how it went, a partner's own page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.act.partnerships.actions import answer_assessment, attach_signature, propose_agreement, refuse, sign
from tertia.act.partnerships.forms import AssessForm, ProposeForm, SignForm
from tertia.act.partnerships.models import Assessment, Signature
from tertia.act.partnerships.vocabulary import CHECKED, MET, RENEWAL, type_word
from tertia.core.access.pages import declare_pass_page
from tertia.core.access.queries import scoped_or_404
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.checks.canonical import canonical
from tertia.core.files.download import attachment
from tertia.core.languages.forms import text_of
from tertia.core.parties.models import Organisation
from tertia.core.periods import clock

__all__ = ["assess_letter", "desk_letter", "sign_letter"]


def _language() -> str:
    return (get_language() or "en")[:2]


def _sign_words(held: Any) -> str:
    one = Signature.objects.select_related("term__agreement__owner").filter(pk=held.subject_id).first()
    if one is None:
        return ""
    agreement = one.term.agreement
    return _("%(owner)s asks you to read and sign “%(title)s”:") % {
        "owner": agreement.owner.name.read(_language()).text, "title": agreement.title.read(_language()).text,
    }  # fmt: skip


@declare_pass_page("partnerships.sign", _sign_words)
def sign_letter(request: Any, held: Any) -> HttpResponse:
    """The text as it is signed, one button to sign, one to say why not; afterwards the receipt."""
    rows = Signature.objects.select_related("term__agreement__owner", "party__organisation")
    one: Signature = scoped_or_404(rows, pk=held.subject_id)
    agreement, doing = one.term.agreement, request.POST.get("do")
    if doing == "text":
        return attachment(canonical(one.term.text), "application/json", f"{one.term.digest[:12]}.json")
    form = SignForm(request.POST if doing == "sign" else None, initial={"name": one.party.signatory, "duty": one.party.duty})
    fault = ""
    try:
        by = Actor.holding(held)
        if doing == "sign" and form.is_valid():
            sign(by=by, signature=one, on=clock.today(), **form.cleaned_data)
            return redirect(request.path)
        if doing == "refuse":
            refuse(by=by, signature=one, reason=text_of(request.POST, "reason"), on=clock.today())
            return redirect(request.path)
        if doing == "attach":
            upload = request.FILES.get("signature")
            attach_signature(by=by, signature=one, data=upload.read(250_000) if upload else b"", file_name=upload.name if upload else "")
            return redirect(request.path)
    except TertiaError as error:
        if doing == "sign":
            add_refusal(form, error)
        fault = error.sentence()
    others = list(one.term.signatures.select_related("party__organisation"))
    context = {
        "one": one, "agreement": agreement, "held": held, "form": form, "fault": fault, "parties": list(agreement.parties.select_related("organisation")),
        "form_word": type_word(agreement.form), "renewal_word": RENEWAL[agreement.renewal], "others": others, "check_word": CHECKED.get(one.check_state, ""),
        "closed": bool(one.term.dropped_on) and not one.signed_at and not one.refused_at,
    }  # fmt: skip
    return render(request, "partnerships/sign.html", context, status=400 if fault else 200)


def _assess_words(held: Any) -> str:
    one = Assessment.objects.select_related("record").filter(pk=held.subject_id).first()
    return _("How did it go: “%(title)s”? Four short questions:") % {"title": one.record.title.read(_language()).text} if one else ""


@declare_pass_page("partnerships.assess", _assess_words)
def assess_letter(request: Any, held: Any) -> HttpResponse:
    one: Assessment = scoped_or_404(Assessment.objects.select_related("record__owner", "party"), pk=held.subject_id)
    initial = {"met": one.met, "again": one.again, "good": one.good, "change": one.change}
    form = AssessForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            answer_assessment(by=Actor.holding(held), assessment=one, on=clock.today(), **form.cleaned_data)
            return redirect(f"{request.path}?kept")
        except TertiaError as error:
            add_refusal(form, error)
    other = Assessment.objects.filter(record=one.record, party=one.record.owner).exclude(answered_on=None).first()
    context = {
        "one": one,
        "form": form,
        "held": held,
        "kept": "kept" in request.GET and bool(one.answered_on),
        "other": other,
        "other_met": MET.get(other.met) if other else "",
    }
    return render(request, "partnerships/assess.html", context)


def _desk_words(held: Any) -> str:
    return _("Your own page with %(name)s; no account is needed:") % {"name": held.issued_by.name.read(_language()).text}


@declare_pass_page("partnerships.desk", _desk_words)
def desk_letter(request: Any, held: Any) -> HttpResponse:
    """A partner's own page behind its lasting link."""
    from tertia.act.partnerships.views.desk import desk_context  # app start

    organisation: Organisation = held.organisation
    if organisation.merged_into_id:
        organisation = scoped_or_404(Organisation.objects, pk=organisation.merged_into_id)
    form = ProposeForm(request.POST if request.POST.get("do") == "propose" else None)
    if form.is_bound and form.is_valid():
        try:
            propose_agreement(
                by=Actor.holding(held), organisation=organisation, owner=held.issued_by, on=clock.today(), **form.cleaned_data
            )
            return redirect(f"{request.path}?proposed")
        except TertiaError as error:
            add_refusal(form, error)
    context = desk_context(request, organisation, held.issued_by) | {"form": form, "held": held, "proposed": "proposed" in request.GET}
    return render(request, "partnerships/desk.html", context)
