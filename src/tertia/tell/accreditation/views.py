"""Self-evaluations: the list, a new one, the criteria of one, one criterion, the paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.core.access.queries import id_of
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.forms import carried_out
from tertia.core.actions.policies import OFFICE
from tertia.core.files.download import XLSX, attachment
from tertia.core.files.papers import FORMS, paper
from tertia.core.parties.queries import home_of
from tertia.core.periods import clock
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_at, record_for
from tertia.tell.accreditation.actions import add_evidence, begin_evaluation, drop_evidence, hand_in, reopen, write_criterion
from tertia.tell.accreditation.forms import BeginForm, CriterionForm, EvidenceForm
from tertia.tell.accreditation.models import SelfEvaluation
from tertia.tell.accreditation.paper import blocks_of, sheet_of
from tertia.tell.accreditation.queries import criteria_of, evaluations_for
from tertia.tell.accreditation.standards import DATA, Asked, read_list, standards

__all__ = ["criterion", "self_evaluation", "self_evaluation_new", "self_evaluation_paper", "self_evaluations"]


@login_required
def self_evaluations(request: Any) -> HttpResponse:
    home = home_of(request.actor, *OFFICE)
    if home is None:
        raise Http404
    return render(request, "accreditation/list.html", {"rows": evaluations_for(request.actor).filter(owner=home)[:100], "stage": "tell"})


@login_required
def self_evaluation_new(request: Any) -> HttpResponse:
    home = home_of(request.actor, *OFFICE)
    if home is None:
        raise Http404
    known = standards(DATA, Path(settings.HOME) / "standards")
    form, made = BeginForm(request.POST or None, known=known), []

    def act() -> None:
        given = form.cleaned_data
        chosen = known.get(given["standard"])
        criteria = list(chosen.criteria) if chosen else _listed(given["listed"])
        made.append(
            begin_evaluation(
                by=request.actor, owner=home, title=given["title"], agency=given["agency"], criteria=criteria, due_on=given["due_on"],
                source=given["source"].strip() or (chosen.source if chosen else ""), demonstration=home.demonstration,
            )
        )  # fmt: skip

    if request.method == "POST" and carried_out(request, form, act):
        return redirect("self_evaluation", slug=made[0].slug)
    return render(request, "accreditation/new.html", {"form": form, "stage": "tell"})


def _listed(words: str) -> list[Asked]:
    found, wrong = read_list(words.splitlines(), (get_language() or "en")[:2])
    if wrong:
        raise BadInput(
            Fault(
                "listed",
                _("Lines without a number, or with one that is there already: %(lines)s.") % {"lines": ", ".join(map(str, wrong[:20]))},
            )
        )
    return found


@login_required
def self_evaluation(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, SelfEvaluation, slug=slug)
    doing = {
        "hand-in": lambda: hand_in(by=request.actor, evaluation=record, on=clock.today()),
        "reopen": lambda: reopen(by=request.actor, evaluation=record),
    }.get(request.POST.get("do", ""))
    if request.method == "POST" and doing:
        carried_out(request, None, doing)
        return redirect("self_evaluation", slug=slug)
    criteria = criteria_of(request.actor, record)
    writes = request.actor.has(record.owner_id, *OFFICE)
    context = record_context(
        request, record, criteria=criteria, ready=sum(bool(c.text and (c.proofs or c.unseen)) for c in criteria), writes=writes, sends=request.actor.has(record.owner_id, "office", "leader"),
    )  # fmt: skip
    return render(request, "accreditation/evaluation.html", context)


@login_required
def criterion(request: Any, slug: str, number: int) -> HttpResponse:
    """One criterion, by its place: its text, and its evidence with what each shows."""
    record = record_for(request.actor, SelfEvaluation, slug=slug)
    rows = criteria_of(request.actor, record)
    row = next((c for c in rows if c.place == number), None)
    if row is None or not request.actor.has(record.owner_id, *OFFICE):
        raise Http404
    doing = request.POST.get("do", "")
    forms: dict[str, Any] = {
        "text": CriterionForm(request.POST if doing == "text" else None, initial={"text": row.text}),
        "evidence": EvidenceForm(request.POST if doing == "evidence" else None, auto_id="ev_%s"),
    }

    def act() -> None:
        if doing == "text":
            write_criterion(by=request.actor, criterion=row, text=forms["text"].cleaned_data["text"], on=clock.today())
        elif doing == "evidence":
            given = forms["evidence"].cleaned_data
            shown = record_at(request.actor, given["record"]) if given["record"].strip() else None
            add_evidence(by=request.actor, criterion=row, record=shown, words=given["words"], on=given["on"])
        elif doing == "drop":
            wanted = id_of(request.POST.get("evidence"))
            for e in (e for e in row.evidence.all() if e.pk == wanted):
                drop_evidence(by=request.actor, evidence=e)

    if request.method == "POST" and carried_out(request, forms.get(doing), act):
        return redirect("criterion", slug=slug, number=number)
    places = [c.place for c in rows]
    at = places.index(number)
    context = {
        "record": record, "row": row, "forms": forms, "stage": "tell", "before": rows[at - 1] if at else None,
        "after": rows[at + 1] if at + 1 < len(rows) else None, "open": record.state == "written",
    }  # fmt: skip
    return render(request, "accreditation/criterion.html", context)


@login_required
def self_evaluation_paper(request: Any, slug: str, form: str) -> HttpResponse:
    """The whole as DOCX, PDF or XLSX in the reader's language."""
    record = record_for(request.actor, SelfEvaluation, slug=slug)
    language, criteria = (get_language() or "en")[:2], criteria_of(request.actor, record)
    title, name = record.title.read(language).text, f"self-evaluation-{record.slug}-{language}"
    if form == "xlsx":
        return attachment(sheet_of(record, criteria, language), XLSX, f"{name}.xlsx")
    if form not in FORMS:
        raise Http404
    return paper(blocks_of(record, criteria, language), title=title, language=language, form=form, name=name, running=title)
