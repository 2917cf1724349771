"""Studies: the list, registering one, its page with what was done with it."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal, carried_out
from tertia.core.actions.pages import Pages
from tertia.core.actions.policies import OFFICE, WORKERS
from tertia.core.parties.queries import home_of, organisations, own_here
from tertia.core.periods import clock
from tertia.core.places.queries import regions_on
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for, record_named
from tertia.listen.research.actions import (
    About,
    answer_use,
    change_study,
    drop_part,
    finish_study,
    note_part,
    register_study,
    state_use,
)
from tertia.listen.research.actions.uses import MAY_ANSWER_USE, SPEAKS
from tertia.listen.research.forms import AnswerUseForm, FinishForm, PartForm, StudyForm, UseForm
from tertia.listen.research.models import Study, StudyPart, StudyUse
from tertia.listen.research.queries import found_studies, open_twins, questions_for, untied
from tertia.listen.research.references.names import turned, whole
from tertia.listen.research.references.writing import schema_org
from tertia.listen.research.vocabulary import PARTS, TYPES, USE_STATES, USES

__all__ = ["asked_for", "studies", "study", "study_change", "study_new"]


def asked_for(request: Any) -> dict[str, Any]:
    """Which studies the reader asks for, from the address; files of the list take the same."""
    given = request.GET
    about = given.get("about", "region")
    return {
        "said": given.get("q", "").strip()[:200], "place": given.get("place", ""), "year": given.get("year", "")[:4], "used": given.get("used") == "yes",
        "about": about if about in ("region", "other", "unknown", "") else "region", "kind": given.get("kind", "") if given.get("kind", "") in TYPES else "",
    }  # fmt: skip


def studies(request: Any) -> HttpResponse:
    wanted = asked_for(request)
    home = home_of(request.actor, *OFFICE)
    page = Pages(own_here(found_studies(request.actor, **wanted)), 50).get_page(request.GET.get("page"))
    today = clock.today()
    for row in page.object_list:
        row.type_word = TYPES.get(row.work_type, TYPES["document"])
        row.who = _who(row.reference)
    context = {
        "page": page, "rows": page.object_list, "wanted": wanted, "places": regions_on(today), "types": TYPES, "query": request.GET.urlencode(), "stage": "listen",
        "asked": questions_for(request.actor).filter(state__in=("asked", "offered", "taken")).count(), "home": home,
        "waiting": untied(home).count() + open_twins(home).count() if home else 0,
    }  # fmt: skip
    return render(request, "research/studies.html", context)


def _who(reference: dict[str, Any]) -> str:
    names = [n.get("family") or n.get("literal", "") for n in reference.get("author", ())]
    return ", ".join(names[:3]) + (" " + _("and others") if len(names) > 3 else "")


@login_required
def study_new(request: Any) -> HttpResponse:
    owner, today = home_of(request.actor, *OFFICE), clock.today()
    if owner is None:
        raise Http404
    studied = record_named(request.actor, request.GET.get("from", ""), "need", "regional-question", "recommendation")
    form = StudyForm(
        request.POST or None, places=regions_on(today), initial={"starts_on": today, "place": studied.place_id if studied else None}
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        plain = {name: given.pop(name) for name in ("title", "summary", "starts_on", "finished_on")}
        try:
            made = register_study(
                by=request.actor, owner=owner, about=About(**given), on=today, studies=studied, demonstration=owner.demonstration, **plain
            )
        except TertiaError as error:
            add_refusal(form, error)
        else:
            return redirect("study", slug=made.slug)
    return render(request, "research/study_new.html", {"form": form, "studied": studied, "stage": "listen"})


@login_required
def study_change(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Study, slug=slug)
    if not request.actor.has(record.owner_id, *WORKERS) or record.state not in ("running", "finished"):
        raise Http404
    custom = record.reference.get("custom", {})
    initial = {
        "title": record.title, "summary": record.summary, "work_type": record.work_type, "place": record.place_id or record.place_found_id, "starts_on": record.starts_on,
        "doi": record.doi, "container": record.reference.get("container-title", ""), "authors": "\n".join(_author_lines(record.reference)),
        "funding": "\n".join("; ".join(p for p in (f.get("name", ""), f.get("ror", ""), ", ".join(f.get("awards", ()))) if p) for f in custom.get("funding", ())),
    }  # fmt: skip
    form = StudyForm(request.POST or None, places=regions_on(clock.today()), running=False, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        plain = {name: given.pop(name) for name in ("title", "summary", "starts_on")}
        try:
            change_study(by=request.actor, study=record, about=About(**given), on=clock.today(), **plain)
        except TertiaError as error:
            add_refusal(form, error)
        else:
            return redirect("study", slug=slug)
    return render(request, "research/study_new.html", {"form": form, "record": record, "stage": "listen"})


def _author_lines(reference: dict[str, Any]) -> list[str]:
    orcids = reference.get("custom", {}).get("orcids") or []
    lines = []
    for n, name in enumerate(reference.get("author", ())):
        said = f"{{{name['literal']}}}" if name.get("literal") else turned(name)
        lines.append(f"{said}; {orcids[n]}" if n < len(orcids) and orcids[n] else said)
    return lines


def study(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Study, slug=slug)
    if record.merged_into_id:
        return redirect("study", slug=record.merged_into.slug)
    works = request.actor.has(record.owner_id, *WORKERS)
    uses = list(record.uses.select_related("body", "decision"))
    asked = next((u for u in uses if u.state == "asked" and MAY_ANSWER_USE(request.actor, {"use": u})), None)
    forms = _forms(request, record, works, asked)
    if request.method == "POST" and _act(request, record, forms, asked):
        return redirect("study", slug=slug)
    for use in uses:
        use.word, use.kind_word = USE_STATES[use.state], USES[use.kind]  # type: ignore[attr-defined]
    parts = list(record.parts.select_related("organisation"))
    for part in parts:
        part.word = PARTS[part.part]  # type: ignore[attr-defined]
    address = request.build_absolute_uri(reverse("study", kwargs={"slug": slug}))
    custom = record.reference.get("custom", {})
    context = record_context(
        request, record, works=works, uses=uses, asked=asked, forms=forms, parts=parts, people=_people(record), type_word=TYPES.get(record.work_type, TYPES["document"]),
        funding=custom.get("funding", ()), own=list(record.own_authors.select_related("person")) if works else [],
        schema=json.dumps(schema_org(record.reference, address), ensure_ascii=False).replace("<", "\\u003c"), reference=record.reference, container=record.reference.get("container-title", ""),
    )  # fmt: skip
    return render(request, "research/study.html", context)


def _people(record: Study) -> list[tuple[str, str]]:
    """Authors as printed, each with the ORCID that the source gives."""
    orcids = record.reference.get("custom", {}).get("orcids") or []
    names = record.reference.get("author", ())
    return [(whole(name), orcids[n] if n < len(orcids) and orcids[n] else "") for n, name in enumerate(names)]


def _forms(request: Any, record: Study, works: bool, asked: StudyUse | None) -> dict[str, Any]:
    doing, open_now = request.POST.get("do"), record.state in ("running", "finished")
    mine = request.actor.organisations(*SPEAKS)
    bodies = organisations().exclude(pk=record.owner_id)
    made: dict[str, Any] = {}
    if open_now and (works or bodies.filter(pk__in=mine).exists()):
        made["use"] = UseForm(request.POST if doing == "use" else None, bodies=bodies if works else bodies.filter(pk__in=mine))
    if works and open_now:
        made["part"] = PartForm(request.POST if doing == "part" else None, bodies=bodies)
        if record.state == "running":
            made["finish"] = FinishForm(request.POST if doing == "finish" else None, auto_id="finish_%s")
    if asked is not None:
        made["answer"] = AnswerUseForm(request.POST if doing == "answer" else None, auto_id="answer_%s")
    return made


def _act(request: Any, record: Study, forms: dict[str, Any], asked: StudyUse | None) -> bool:
    """Do what the button says. False where a form has to be shown again."""
    doing, by, today = request.POST.get("do", ""), request.actor, clock.today()
    form = forms.get(doing)

    def act() -> None:
        if doing == "use" and form is not None:
            state_use(by=by, study=record, today=today, **form.cleaned_data)
        elif doing == "part" and form is not None:
            note_part(by=by, study=record, **form.cleaned_data)
        elif doing == "drop-part":
            drop_part(by=by, part=scoped_or_404(StudyPart.objects.filter(study=record), pk=id_of(request.POST.get("part"))))
        elif doing == "finish" and form is not None:
            finish_study(by=by, study=record, on=today, **form.cleaned_data)
        elif doing == "answer" and form is not None and asked is not None:
            answer_use(by=by, use=asked, so=form.cleaned_data["so"] == "yes", words=form.cleaned_data["words"], on=today)

    return carried_out(request, form, act)
