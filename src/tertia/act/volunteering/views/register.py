"""The files for the state's register and for the national platform."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from tertia.act.volunteering.models import Listing
from tertia.act.volunteering.register import platform_file, register_table, register_years
from tertia.core.parties.queries import home_of

__all__ = ["register", "register_file"]


def _owner(request: Any) -> Any:
    owner = home_of(request.actor, "office", "leader")
    if owner is None:
        raise Http404
    return owner


@login_required
def register(request: Any) -> HttpResponse:
    owner = _owner(request)
    agreed = Listing.objects.filter(person__home=owner).count()
    return render(request, "volunteering/register.html", {"years": register_years(owner), "agreed": agreed, "stage": "act"})


@login_required
def register_file(request: Any, year: int, kind: str) -> HttpResponse:
    owner = _owner(request)
    if year not in register_years(owner):
        raise Http404
    if kind == "xlsx":
        data: Any = register_table(owner, year, (get_language() or "kk")[:2])
        answer = HttpResponse(data, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    else:
        answer = HttpResponse(platform_file(owner, year), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="volunteers-{year}.{kind}"'
    return answer
