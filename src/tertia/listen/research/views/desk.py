"""The desk of research: works of lists that nobody has looked at, and pairs that may be one work."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tertia.core.access.queries import id_of, ids_of, scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.pages import Pages
from tertia.core.actions.policies import OFFICE
from tertia.core.parties.queries import home_of
from tertia.core.periods import clock
from tertia.core.places.queries import regions_on
from tertia.listen.research.actions import keep_apart, merge_works, set_apart, tie_works
from tertia.listen.research.models import Study, Twin
from tertia.listen.research.queries import open_twins, untied
from tertia.listen.research.vocabulary import TYPES

__all__ = ["research_desk"]

PAGE = 50


@login_required
def research_desk(request: Any) -> HttpResponse:
    home = home_of(request.actor, *OFFICE)
    if home is None:
        raise Http404
    if request.method == "POST":
        try:
            _act(request, home)
        except TertiaError as error:
            messages.error(request, error.sentence())
        return redirect("research_desk")
    page = Pages(untied(home), PAGE).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.type_word = TYPES.get(row.work_type, TYPES["document"])
    context = {
        "page": page, "rows": page.object_list, "twins": list(open_twins(home)[:20]), "twin_count": open_twins(home).count(), "places": regions_on(clock.today()),
        "stage": "listen",
    }  # fmt: skip
    return render(request, "research/desk.html", context)


def _act(request: Any, home: Any) -> None:
    doing, by, today = request.POST.get("do", ""), request.actor, clock.today()
    works = ids_of(request.POST.getlist("work"), PAGE)
    if doing == "tie":
        place = regions_on(today).filter(code=request.POST.get("place", "")).first()
        count = tie_works(by=by, owner=home, works=works, place=place, on=today)
        messages.success(
            request,
            ngettext("%(n)d work is tied to its region and public now.", "%(n)d works are tied to their regions and public now.", count)
            % {"n": count},
        )
        if count < len(works):
            messages.error(request, _("Where no region was found, choose one and tie them once more."))
    elif doing == "apart":
        count = set_apart(by=by, owner=home, works=works)
        messages.success(request, ngettext("%(n)d work is set apart.", "%(n)d works are set apart.", count) % {"n": count})
    elif doing in ("one", "two"):
        twin = scoped_or_404(Twin.objects.select_related("study", "other").filter(study__owner=home), pk=id_of(request.POST.get("twin")))
        if doing == "two":
            keep_apart(by=by, twin=twin)
        else:
            stays = scoped_or_404(Study.objects.filter(pk__in=(twin.study_id, twin.other_id)), pk=id_of(request.POST.get("stays")))
            merge_works(by=by, twin=twin, study=stays, on=today)
        messages.success(request, _("Saved."))
