"""What everybody may read: the pieces that are about us, and one of them."""

from __future__ import annotations

import re
from itertools import chain
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.forms import carried_out
from tertia.core.actions.pages import Pages
from tertia.core.actions.policies import OFFICE
from tertia.core.files.cells import harmless
from tertia.core.files.download import csv_stream
from tertia.core.languages.templatetags.languages import plain
from tertia.core.parties.queries import home_of
from tertia.core.periods import clock
from tertia.core.records.models import Record
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_at, record_for
from tertia.tell.mentions.actions import (
    drop_mention,
    join_reprint,
    judge_mention,
    keep_mention,
    part_reprint,
    refuse_suggestion,
    tie_mention,
    untie_mention,
)
from tertia.tell.mentions.forms import JudgeForm, TieForm
from tertia.tell.mentions.kinds import ABOUT
from tertia.tell.mentions.models import Mention
from tertia.tell.mentions.queries import kept_mentions, spoken_of

__all__ = ["mention", "mentions", "mentions_file"]


def _asked(request: Any) -> tuple[Any, dict[str, str]]:
    """The rows that the address asks for, and what it asks."""
    rows = kept_mentions(request.actor)
    wanted = {k: request.GET.get(k, "") for k in ("year", "language", "origin")}
    if re.fullmatch(r"20\d\d", wanted["year"]):
        rows = rows.filter(starts_on__year=int(wanted["year"]))
    if wanted["language"] in ("kk", "ru", "en"):
        rows = rows.filter(language=wanted["language"])
    if wanted["origin"] in Mention.Origin.values:
        rows = rows.filter(origin=wanted["origin"])
    return rows, wanted


def mentions(request: Any) -> HttpResponse:
    rows, wanted = _asked(request)
    page = Pages(rows, 30).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": page.object_list, "wanted": wanted, "works": home_of(request.actor, *OFFICE) is not None, "stage": "tell", "origins": Mention.Origin.choices,
        "asked": any(wanted.values()), "query": request.GET.urlencode(),
        "years": [d.year for d in Mention.objects.filter(state="kept", visibility="public").dates("starts_on", "year", order="DESC")],
    }  # fmt: skip
    return render(request, "mentions/mentions.html", context)


def mentions_file(request: Any) -> HttpResponseBase:
    """The same list as CSV, one line for each piece; reach stands beside its source and is summed nowhere."""
    head = ["date", "outlet", "title", "url", "language", "tone", "origin", "reach", "reach source", "reprints"]
    found = (
        [m.starts_on, harmless(m.outlet.name), harmless(plain(m.title)), m.address, m.language, m.tone, m.origin, m.reach, harmless(m.reach_source), m.again]
        for m in _asked(request)[0].iterator(chunk_size=1000)
    )  # fmt: skip
    return csv_stream(chain([head], found), "mentions.csv", mark=True)


def mention(request: Any, slug: str) -> HttpResponse:
    record = record_for(request.actor, Mention, slug=slug)
    works = request.actor.has(record.owner_id, *OFFICE)
    given, doing = (request.POST if request.method == "POST" else None), request.POST.get("do", "")
    forms: dict[str, Any] = {}
    if works and record.state != "dropped":
        forms["judge"] = JudgeForm(
            given if doing == "judge" else None, initial={"tone": record.tone, "origin": record.origin}, auto_id="judge_%s"
        )
        forms["tie"] = TieForm(given if doing == "tie" else None, auto_id="tie_%s")
    if request.method == "POST" and works and _act(request, record, forms, doing):
        return redirect("mention", slug=slug)
    suggestions = list(record.suggestions.filter(verdict="open").select_related("record")) if works else []
    seen = {r.pk for r in Record.objects.visible_to(request.actor).filter(pk__in=[s.record_id for s in suggestions])}
    near = _near(record) if works and record.reprint_of_id is None else []
    context = record_context(
        request, record, works=works, forms=forms, spoken=spoken_of(request.actor, record), suggestions=[s for s in suggestions if s.record_id in seen], near=near,
        reprints=list(record.reprints.exclude(state="dropped").select_related("outlet")), first=record.reprint_of,
    )  # fmt: skip
    return render(request, "mentions/mention.html", context)


def _near(record: Mention) -> list[Mention]:
    """Pieces of the same days with which it may be joined by hand."""
    rows = Mention.objects.filter(owner=record.owner_id, reprint_of=None, starts_on=record.starts_on).exclude(pk=record.pk)
    return list(rows.exclude(state="dropped").select_related("outlet").order_by("pk")[:10])


def _act(request: Any, record: Mention, forms: dict[str, Any], doing: str) -> bool:
    """Do what the button says. False where a form has to be shown again."""
    form, by, today = forms.get(doing), request.actor, clock.today()

    def other(rows: Any) -> Any:
        return scoped_or_404(rows, pk=id_of(request.POST.get("record")))

    def act() -> None:
        if doing == "keep":
            keep_mention(by=by, mention=record)
        elif doing == "drop":
            drop_mention(by=by, mention=record)
        elif doing == "judge" and form is not None:
            judge_mention(by=by, mention=record, on=today, **form.cleaned_data)
        elif doing == "tie" and form is not None:
            tie_mention(by=by, mention=record, record=record_at(by, form.cleaned_data["record"], *ABOUT), on=today)
        elif doing == "yes":
            tie_mention(by=by, mention=record, record=other(Record.objects.visible_to(by)), on=today)
        elif doing == "no":
            refuse_suggestion(by=by, mention=record, record=other(Record.objects.visible_to(by)), on=today)
        elif doing == "untie":
            untie_mention(by=by, mention=record, record=other(Record.objects.visible_to(by)), on=today)
        elif doing == "reprint":
            join_reprint(by=by, mention=record, of=other(Mention.objects.filter(owner=record.owner_id)))
        elif doing == "part":
            part_reprint(by=by, mention=record)

    return carried_out(request, form, act)
