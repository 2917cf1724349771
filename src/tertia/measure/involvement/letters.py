"""The page behind an outside assessor's link: every row, one level each, no account."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tertia.core.access.pages import declare_pass_page
from tertia.core.access.queries import scoped_or_404
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput
from tertia.core.periods import clock
from tertia.measure.involvement.actions import judge
from tertia.measure.involvement.framework import Framework, frameworks
from tertia.measure.involvement.models import PURPOSE, Assessor

__all__ = ["judge_by_link", "levels_of", "sheet_rows"]


def _words(held: Any) -> str:
    return _("A university asks you how far it works with society. It takes ten minutes; your levels are shown without your name:")


def levels_of(framework: Framework, post: Any) -> dict[tuple[str, str], int]:
    """The chosen level of each cell; a cell without one is left out."""
    found = {}
    for row, column in framework.cells:
        chosen = post.get(f"cell-{row}-{column}", "")
        if chosen.isdecimal() and int(chosen):
            found[row, column] = int(chosen)
    return found


def sheet_rows(framework: Framework, given: dict[tuple[str, str], int]) -> list[dict[str, Any]]:
    """What the form shows: each row with its cells, each with the level given so far."""
    return [
        {"row": r, "cells": [{"column": c, "name": f"cell-{r.id}-{c.id}", "given": given.get((r.id, c.id))} for c in framework.columns]} for r in framework.rows
    ]  # fmt: skip


@declare_pass_page(PURPOSE, _words)
def judge_by_link(request: Any, held: Any) -> HttpResponse:
    assessor = scoped_or_404(Assessor.objects.select_related("assessment__owner"), pk=held.subject_id)
    framework, error = frameworks()[assessor.assessment.framework], None
    given = {(j.row, j.column): j.level for j in assessor.judgements.all()}
    if request.method == "POST":
        given = levels_of(framework, request.POST)
        try:
            judge(by=Actor.holding(held), assessor=assessor, levels=given, on=clock.today())
            return redirect(f"{request.path}?thanks=1")
        except BadInput as found:
            error = found
    context = {
        "assessor": assessor, "framework": framework, "rows": sheet_rows(framework, given), "error": error, "thanks": "thanks" in request.GET, "letter": True,
        "assessment": assessor.assessment, "held": held,
    }  # fmt: skip
    return render(request, "involvement/judge.html", context, status=400 if error else 200)
