"""Agreements: the list, writing one, its page, the paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import F, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.act.partnerships.actions import (
    Side,
    attach_signature,
    change_agreement,
    draft_agreement,
    give_notice,
    offer_agreement,
    offer_renewal,
    refuse,
    sign,
    take_back,
    withdraw_agreement,
)
from tertia.act.partnerships.actions.signing import MAY_SIGN
from tertia.act.partnerships.forms import AgreementForm, SignForm
from tertia.act.partnerships.kinds import AGREEMENT
from tertia.act.partnerships.models import Agreement, AgreementParty, Signature
from tertia.act.partnerships.paper import agreement_blocks
from tertia.act.partnerships.queries import SPEAKS, agreements_for, sides_of
from tertia.act.partnerships.vocabulary import CHECKED, MET, RENEWAL, agreement_types, type_word
from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.pages import Pages
from tertia.core.actions.policies import OFFICE
from tertia.core.files.docx import render_docx
from tertia.core.files.download import DOCX, attachment
from tertia.core.languages.fold import fold
from tertia.core.languages.forms import text_of
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import home_of, organisations, own_here
from tertia.core.periods import clock
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_named
from tertia.core.search.models import SearchEntry

__all__ = ["agreement", "agreement_change", "agreement_list", "agreement_new", "agreement_paper"]


def agreement_list(request: Any) -> HttpResponse:
    """Agreements that the reader may see, by state, kind and words."""
    rows: Any = own_here(agreements_for(request.actor)).exclude(state="withdrawn")
    state, form, words = (request.GET.get(name, "").strip() for name in ("state", "form", "q"))
    states = {k: v for k, v in AGREEMENT.lifecycle.states.items() if k != "withdrawn"}
    if state in states:
        rows = rows.filter(state=state)
    if form in agreement_types():
        rows = rows.filter(form=form)
    if words:
        rows = rows.filter(pk__in=_named(words))
    page = Pages(rows.order_by("-starts_on", "-pk"), 50).get_page(request.GET.get("page"))
    sides = sides_of(list(page.object_list))
    for row in page.object_list:
        row.sides, row.form_word = sides.get(row.pk, []), type_word(row.form)
    context = {
        "page": page, "rows": page.object_list, "states": states, "state": state, "forms": [(c, type_word(c)) for c in agreement_types()], "form": form, "q": words,
        "may_add": home_of(request.actor, *OFFICE) is not None, "stage": "act",
    }  # fmt: skip
    return render(request, "partnerships/agreement_list.html", context)


def _named(words: str) -> Any:
    """Agreements whose own words, folded to one spelling, or whose side's name hold these."""
    bodies = list(Organisation.objects.filter(name__icontains=words).values_list("pk", flat=True)[:500])
    sides = AgreementParty.objects.filter(organisation__in=bodies).values("agreement")
    titled = SearchEntry.objects.filter(record__kind="agreement", title__contains=fold(words)).values("record")
    return Agreement.objects.filter(Q(pk__in=titled) | Q(pk__in=sides)).values("pk")


def _read_sides(owner: Any, given: dict[str, Any]) -> tuple[list[Side], dict[str, Any]]:
    """The sides out of a form, and what is left of it."""
    rest = {k: v for k, v in given.items() if not k.startswith(("our_", "partner", "third", "signatory", "duty", "basis", "email"))}
    sides = [Side(owner, given["our_gives"], given["our_gets"])]
    sides.append(
        Side(
            given["partner"],
            given["partner_gives"],
            given["partner_gets"],
            *(given[k] for k in ("signatory", "duty", "basis", "email")),
        )
    )
    if given["third"] is not None:
        sides.append(Side(given["third"], given["third_gives"]))
    return sides, rest


@login_required
def agreement_new(request: Any) -> HttpResponse:
    """A new agreement; with `from` it supports a measure or a need, with `partner` its other side is chosen."""
    owner = home_of(request.actor, *OFFICE)
    if owner is None:
        raise Http404
    supports = record_named(request.actor, request.GET.get("from", ""), "measure", "need")
    partners = organisations().exclude(pk=owner.pk)
    chosen = partners.filter(slug=request.GET.get("partner", "")).first()
    form = AgreementForm(
        request.POST or None,
        partners=partners,
        units=Organisation.objects.filter(parent=owner),
        initial={"partner": chosen, "starts_on": clock.today()},
    )
    if request.method == "POST" and form.is_valid():
        sides, rest = _read_sides(owner, form.cleaned_data)
        try:
            made = draft_agreement(by=request.actor, owner=owner, sides=sides, supports=supports, **rest)
        except TertiaError as error:
            add_refusal(form, error)
        else:
            return redirect("agreement", slug=made.slug)
    return render(
        request, "partnerships/agreement_new.html", {"form": form, "supports": supports, "stage": "act", "heading": _("Draft an agreement")}
    )


@login_required
def agreement_change(request: Any, slug: str) -> HttpResponse:
    record = scoped_or_404(agreements_for(request.actor), slug=slug)
    if not request.actor.has(record.owner_id, *OFFICE) or record.state not in ("draft", "refused"):
        raise Http404
    parties = {p.organisation_id: p for p in record.parties.select_related("organisation")}
    ours = parties.pop(record.owner_id, None)
    others = list(parties.values())
    initial = {
        name: getattr(record, name)
        for name in ("title", "form", "starts_on", "ends_on", "terms", "renewal", "renewal_months", "notice_days", "unit")
    }
    initial |= {"our_gives": ours.gives, "our_gets": ours.gets} if ours else {}
    if others:
        first = others[0]
        initial |= {"partner": first.organisation, "partner_gives": first.gives, "partner_gets": first.gets}
        initial |= {name: getattr(first, name) for name in ("signatory", "duty", "basis", "email")}
    if len(others) > 1:
        initial |= {"third": others[1].organisation, "third_gives": others[1].gives}
    form = AgreementForm(
        request.POST or None,
        partners=organisations().exclude(pk=record.owner_id),
        units=Organisation.objects.filter(parent=record.owner),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        sides, rest = _read_sides(record.owner, form.cleaned_data)
        try:
            change_agreement(by=request.actor, agreement=record, sides=sides, **rest)
        except TertiaError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("agreement", slug=slug)
    return render(request, "partnerships/agreement_new.html", {"form": form, "stage": "act", "heading": _("Change the draft")})


def agreement(request: Any, slug: str) -> HttpResponse:
    """An agreement: its sides, text, signatures, terms, what was done under it, how it went."""
    record = scoped_or_404(agreements_for(request.actor), slug=slug)
    works = request.actor.has(record.owner_id, *OFFICE)
    sign_form = SignForm(request.POST if request.POST.get("do") == "sign" else None, initial={"name": request.actor.name})
    if request.method == "POST":
        try:
            if _act(request, record, sign_form):
                return redirect("agreement", slug=slug)
        except TertiaError as error:
            if request.POST.get("do") == "sign":
                add_refusal(sign_form, error)
            else:
                messages.error(request, error.sentence())
                return redirect("agreement", slug=slug)
    parties = list(record.parties.select_related("organisation"))
    spans = list(record.spans.prefetch_related("signatures__party__organisation"))
    waiting = next((t for t in spans if t.in_force_since is None and t.dropped_on is None), None)
    mine = (
        next((s for s in waiting.signatures.all() if s.signed_at is None and MAY_SIGN(request.actor, {"signature": s})), None)
        if waiting
        else None
    )
    inside = (
        works or request.actor.has(record.owner_id, "administrator") or any(request.actor.has(p.organisation_id, *SPEAKS) for p in parties)
    )
    for span in spans:
        for one in span.signatures.all():
            one.check_word = CHECKED.get(one.check_state, "")
            one.may_attach = one.signed_at is not None and (works or MAY_SIGN(request.actor, {"signature": one}))
    assessments = (
        [a for a in record.assessments.select_related("party") if a.answered_on] if inside or record.state in ("in-force", "ended") else []
    )
    for one in assessments:
        one.met_word = MET.get(one.met, "")
    context = record_context(
        request, record, parties=parties, spans=spans, waiting=waiting, mine=mine, sign_form=sign_form, works=works, inside=inside, assessments=assessments,
        form_word=type_word(record.form), renewal_word=RENEWAL[record.renewal], links=_links(record) if works else [],
        may_notice=record.state == "in-force" and record.notice_on is None and inside and any(request.actor.has(p.organisation_id, *SPEAKS) for p in parties),
        done=list(record.links_down.filter(relation="under", lower__visibility="public").select_related("lower").order_by(F("lower__starts_on").desc(nulls_last=True), "-pk")[:10]),
    )  # fmt: skip
    return render(request, "partnerships/agreement.html", context)


def _links(record: Agreement) -> list[Any]:
    """Links that still wait, for the office to hand on."""
    rows = record.passes.filter(purpose="partnerships.sign").select_related("organisation").order_by("-issued_at", "-pk")[:10]
    return [row for row in rows if not row.refusal]


def _act(request: Any, record: Agreement, sign_form: SignForm) -> bool:
    """Do what the button says. False where the form has to be shown again."""
    doing, by, today = request.POST.get("do"), request.actor, clock.today()
    if doing == "offer":
        offer_agreement(by=by, agreement=record, on=today)
        messages.success(request, _("The text is fixed; every side has its link to sign."))
    elif doing == "take-back":
        take_back(by=by, agreement=record, on=today)
    elif doing == "withdraw":
        withdraw_agreement(by=by, agreement=record)
    elif doing == "renew":
        offer_renewal(by=by, agreement=record, months=id_of(request.POST.get("months")), on=today)
        messages.success(request, _("Every side has its link to sign for longer."))
    elif doing == "notice":
        side = next((p.organisation for p in record.parties.select_related("organisation") if by.has(p.organisation_id, *SPEAKS)), None)
        give_notice(by=by, agreement=record, organisation=side or record.owner, on=today)
        messages.success(request, _("Notice is given; every side is told."))
    elif doing == "attach":
        upload = request.FILES.get("signature")
        one = _signature(record, request.POST.get("which"))
        attach_signature(by=by, signature=one, data=upload.read(250_000) if upload else b"", file_name=upload.name if upload else "")
    elif doing in ("sign", "refuse"):
        if doing == "sign" and not sign_form.is_valid():
            return False
        one = _signature(record, request.POST.get("which"))
        if doing == "sign":
            sign(by=by, signature=one, on=today, **sign_form.cleaned_data)
            messages.success(request, _("Signed."))
        else:
            refuse(by=by, signature=one, reason=text_of(request.POST, "reason"), on=today)
    return True


def _signature(record: Agreement, words: Any) -> Signature:
    rows = Signature.objects.filter(term__agreement=record).select_related("party__organisation", "term__agreement__owner")
    found: Signature = scoped_or_404(rows, pk=id_of(words))
    return found


def agreement_paper(request: Any, slug: str) -> HttpResponse:
    """The agreement as a Word document in the reader's language, for whoever signs on paper."""
    record = scoped_or_404(agreements_for(request.actor), slug=slug)
    language = (get_language() or "en")[:2]
    body = render_docx(agreement_blocks(record, language), title=record.title.read(language).text, language=language)
    return attachment(body, DOCX, f"agreement-{record.slug}-{language}.docx")
