"""The load of the third mission: the whole, each faculty and chair; people by name for those who may see them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tertia.core.files.papers import FORMS, paper
from tertia.core.languages.formatting import number
from tertia.core.languages.templatetags.languages import current, plain
from tertia.core.parties.models import Organisation, Person
from tertia.core.periods import clock
from tertia.core.periods.years import academic_year
from tertia.core.rules.queries import rule_on
from tertia.plan.faculty.models import Assignment
from tertia.plan.faculty.papers import load_blocks
from tertia.plan.faculty.queries import GroupLoad, group_loads, may_see_load, norms_on, year_by_label
from tertia.plan.faculty.views.nav import nav, staff_home
from tertia.plan.faculty.vocabulary import WHOLE, YEAR

__all__ = ["load", "load_paper"]

#: people named on the page of the whole; a unit's page names all of its people
MOST_NAMED = 40


class _Seen:
    """What the reader may see of a year: the whole of it, and each unit with its chairs under their names."""

    def __init__(self, request: Any) -> None:
        home, today = staff_home(request.actor), clock.today()
        units = may_see_load(request.actor, home) if home else frozenset()
        if home is None or not units:
            raise Http404
        self.home, self.now = home, academic_year(today)
        self.year = year_by_label(request.GET.get("year", ""), self.now)
        times = float(rule_on("faculty.uneven_times", today, home))
        self.whole, groups = group_loads(home, self.year, units, times=times)
        self.names = {o.pk: o for o in Organisation.objects.filter(pk__in=self._ids(groups)).order_by("slug")}
        order = {pk: n for n, pk in enumerate(self.names)}
        self.groups = sorted(groups, key=lambda g: order.get(g.unit or 0, len(order)))
        for group in self.groups:
            group.chairs.sort(key=lambda g: order.get(g.unit or 0, len(order)))
        self.norms, self.times = norms_on(home, self.year.start), times
        self.one = self._chosen(request.GET.get("unit", ""))

    @staticmethod
    def _ids(groups: list[GroupLoad]) -> set[int]:
        return {g.unit for one in groups for g in (one, *one.chairs) if g.unit}

    def _chosen(self, slug: str) -> GroupLoad | None:
        """The unit or chair that the address names; one that may not be seen does not exist."""
        if not slug:
            return None
        for group in self.groups:
            for one in (group, *group.chairs):
                if one.unit and self.names[one.unit].slug == slug:
                    return one
        raise Http404

    def name(self, group: GroupLoad) -> str:
        return plain(self.names[group.unit].name) if group.unit else _("no faculty named")

    def flat(self) -> list[tuple[str, int, GroupLoad]]:
        """Units and their chairs as rows: name, depth, load."""
        return [(self.name(g), depth, g) for one in self.groups for depth, g in ((0, one), *((1, c) for c in one.chairs))]

    def notes(self, group: GroupLoad, person: int) -> list[str]:
        """What a person's load says, in the order of weight."""
        load = group.load
        said = [_("over the norm")] if person in load.over else []
        said += [_("much more than others")] if person in load.uneven else []
        return said + ([_("nothing planned")] if person in load.bare else [])


def _people(seen: _Seen, group: GroupLoad, limit: int | None) -> list[dict[str, Any]]:
    """People of a group, those who stand out first, then by hours; on the page of the whole only those who stand out upwards."""
    load = group.load
    rows = sorted(group.rows, key=lambda r: (r.person not in load.over, r.person not in load.uneven, -r.planned, r.person))
    if limit is not None:
        rows = [r for r in rows if r.person in load.over or r.person in load.uneven][:limit]
    people = dict(Person.objects.filter(pk__in=[r.person for r in rows]).values_list("pk", "name"))
    papers = dict(
        Assignment.objects.filter(
            person__in=people, organisation=seen.home, starts_on=seen.year.start, agreed_on__isnull=False
        ).values_list("person", "pk")
    )
    most = max((r.planned for r in rows), default=0)
    return [
        {"row": r, "name": people[r.person], "notes": seen.notes(group, r.person), "assignment": papers.get(r.person), "share": round(100 * r.planned / most) if most else 0}
        for r in rows
    ]  # fmt: skip


@login_required
def load(request: Any) -> HttpResponse:
    seen = _Seen(request)
    group = seen.one or seen.whole
    most = max((g.load.middle for _name, _depth, g in seen.flat()), default=0)
    context = {
        "home": seen.home, "year": seen.year, "years": [seen.now, seen.now.before, seen.now.before.before], "whole": group, "one": seen.one, "nav": nav(request, "faculty_load"),
        "one_name": seen.name(seen.one) if seen.one else "", "one_slug": seen.names[seen.one.unit].slug if seen.one and seen.one.unit else "", "stage": "plan",
        "rows": [(name, depth, g, seen.names[g.unit].slug if g.unit else "", round(100 * g.load.middle / most) if most else 0) for name, depth, g in seen.flat()],
        "people": _people(seen, group, None if seen.one else MOST_NAMED), "most": getattr(seen.norms.get(WHOLE), "most", None),
        "working_year": getattr(seen.norms.get(YEAR), "most", None), "times": seen.times,
        "top_tenth": None if group.load.top_tenth is None else round(100 * group.load.top_tenth), "share": round(100 * group.load.signed / group.load.planned) if group.load.planned else None,
    }  # fmt: skip
    return render(request, "faculty/load.html", context)


@login_required
def load_paper(request: Any, form: str) -> HttpResponse:
    """The load sheet of what the page shows."""
    if form not in FORMS:
        raise Http404
    seen, language = _Seen(request), current()
    group = seen.one or seen.whole
    groups = [] if seen.one else seen.flat()
    rows = [
        (
            p["name"],
            number(p["row"].rate, language),
            number(p["row"].planned, language),
            number(p["row"].signed, language),
            ", ".join(p["notes"]),
        )
        for p in _people(seen, group, None if seen.one else MOST_NAMED)
    ]
    title = seen.name(seen.one) if seen.one else plain(seen.home.name)
    blocks = load_blocks(title, seen.year.label, group, groups, rows, language)
    return paper(
        blocks,
        title=_("Load of the third mission"),
        language=language,
        form=form,
        name=f"load-{seen.year.label}",
        running=plain(seen.home.name),
    )
