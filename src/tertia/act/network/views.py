"""The network: a drawing, what it says in sentences, the table, files; the neighbourhood of one organisation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy

from tertia.act.activities.models import Activity
from tertia.act.network.files import edges_csv, graphml, nodes_csv
from tertia.act.network.models import Measurement
from tertia.act.network.picture import picture_of
from tertia.act.network.ties import ties_of
from tertia.act.network.work import measured, periods_of, remeasure
from tertia.act.partnerships.queries import who_knows_whom
from tertia.core.actions.policies import WORKERS
from tertia.core.files.download import attachment
from tertia.core.jobs.queue import enqueue
from tertia.core.parties.forms import KIND_WORDS
from tertia.core.parties.groups import groups_on
from tertia.core.parties.models import Organisation, Person
from tertia.core.periods import clock
from tertia.core.records.models import Record

__all__ = ["network", "network_file"]

#: a network with fewer pairs is measured while somebody waits, a larger one by the worker
SMALL = 3000
SORTS = {"ties": "weight", "degree": "degree", "between": "betweenness", "constraint": "constraint", "community": "community"}
MOST_ROWS = 200
KINDS = {**KIND_WORDS, "person": gettext_lazy("Person")}
TABLES = {"ties": edges_csv, "nodes": nodes_csv}


def _owner(request: Any) -> Organisation:
    rows = Organisation.objects.filter(hosts=True)
    found = rows.filter(slug=request.GET["university"]).first() if request.GET.get("university") else rows.order_by("pk").first()
    if found is None:
        raise Http404
    return found


def _layer(request: Any, owner: Organisation) -> str:
    """Who answers for whom is seen by those who work in the university's office."""
    return "people" if request.GET.get("layer") == "people" and request.actor.has(owner.pk, *WORKERS) else "bodies"


def _kept(owner: Organisation, label: str, layer: str) -> Measurement | None:
    kept = measured(owner, label, layer)
    if kept is None and len(ties_of(owner)) <= SMALL:
        kept = remeasure(owner, label, layer)
    elif kept is None:
        enqueue("network.measure", f"{owner.pk}:{label}:{layer}:{clock.today()}", owner_id=owner.pk, period=label, layer=layer)
    return kept


def _names(body: dict[str, Any]) -> dict[int, str]:
    """Of organisations by their numbers, of people by theirs with a minus."""
    language = (get_language() or "en")[:2]
    numbers = [n["id"] for n in body["nodes"]]
    rows = Organisation.objects.filter(pk__in=[n for n in numbers if n > 0]).only("pk", "name", "short_name")
    found = {o.pk: (o.short_name or o.name).read(language).text for o in rows}
    people = Person.objects.filter(pk__in=[-n for n in numbers if n < 0]).values_list("pk", "name")
    return found | {-pk: name for pk, name in people}


def network(request: Any) -> HttpResponse:
    owner = _owner(request)
    labels = periods_of(clock.today())
    label = request.GET.get("period", "all")
    if label not in labels:
        label = "all"
    layer = _layer(request, owner)
    kept = _kept(owner, label, layer)
    context: dict[str, Any] = {
        "owner": owner, "labels": labels, "label": label, "kept": kept, "stage": "act", "layer": layer, "works": request.actor.has(owner.pk, *WORKERS),
    }  # fmt: skip
    if kept is not None:
        context |= _shown(request, owner, kept.body)
    return render(request, "network/network.html", context)


def _shown(request: Any, owner: Organisation, body: dict[str, Any]) -> dict[str, Any]:
    names = _names(body)
    centre = Organisation.objects.filter(slug=request.GET.get("of", "")).first()
    only = None
    if centre is not None and any(n["id"] == centre.pk for n in body["nodes"]):
        only = {centre.pk} | {b if a == centre.pk else a for a, b, _w, _why in body["ties"] if centre.pk in (a, b)}
    sort = request.GET.get("sort", "ties")
    key = SORTS.get(sort, "weight")
    rows = sorted((n for n in body["nodes"] if only is None or n["id"] in only), key=lambda n: (n[key] is None, -(n[key] or 0), n["id"]))
    slugs = dict(Organisation.objects.filter(pk__in=names).values_list("pk", "slug"))
    for row in rows[:MOST_ROWS]:
        row |= {"name": names.get(row["id"], ""), "slug": slugs.get(row["id"], ""), "kind_word": KINDS.get(row["kind"], row["kind"])}
    works = request.actor.has(owner.pk, *WORKERS)
    return {
        "picture": picture_of(body, names, only), "rows": rows[:MOST_ROWS], "more": max(0, len(rows) - MOST_ROWS), "sort": sort if sort in SORTS else "ties", "said": _said(body["findings"], names),
        "whole": body, "centre": centre if only else None, "names": names, "knows": [k for k in who_knows_whom(owner, clock.today()) if k.state != "well"][:12] if works else [],
        "unreached": _unreached(owner), "problems": _problems(request, body, names),
    }  # fmt: skip


def _said(found: dict[str, Any], names: dict[int, str]) -> dict[str, Any]:
    """The findings with names in place of numbers."""
    return {
        "hold": [(names.get(pk, ""), pk, 100 * share) for pk, share in found["hold"]],
        "depends": [(names.get(pk, ""), 100 * share) for pk, share in found["depends"]],
        "single": [(names.get(unit, ""), names.get(partner, "")) for unit, partner in found["single"]],
        "groups": [(number, len(ids), [names.get(pk, "") for pk in ids[:4]]) for number, ids in found["groups"]],
        "missing": [KIND_WORDS.get(kind, kind) for kind in found["missing"]],
        "carry": [(names.get(pk, ""), 100 * share, left) for pk, share, left in found.get("carry", ())],
        "alone": [(names.get(pk, ""), names.get(person, "")) for pk, person in found.get("alone", ())],
        "meet": [(names.get(a, ""), names.get(b, ""), names.get(through, "")) for a, b, through in found["meet"]],
    }


def _unreached(owner: Organisation) -> list[Any]:
    """Social groups that no activity of the last year names."""
    since = clock.today() - dt.timedelta(days=365)
    rows = Activity.objects.filter(owner=owner, starts_on__gte=since).exclude(groups=[]).values_list("groups", flat=True)
    named = {code for groups in rows for code in groups}
    return [words for code, words in groups_on(clock.today()) if code not in named]


def _problems(request: Any, body: dict[str, Any], names: dict[int, str]) -> list[tuple[Record, list[str]]]:
    """Needs tied to the organisations that work on them, the most tied first."""
    by_need: dict[int, list[int]] = {}
    for need, organisation, _many in body["needs"]:
        by_need.setdefault(need, []).append(organisation)
    there = {r.pk: r for r in Record.objects.visible_to(request.actor).filter(pk__in=by_need)}
    told = [(there[need], [names.get(o, "") for o in bodies]) for need, bodies in by_need.items() if need in there]
    return sorted(told, key=lambda t: (-len(t[1]), t[0].pk))[:12]


def network_file(request: Any, kind: str) -> HttpResponse:
    """The network as GraphML, or its ties or nodes as CSV."""
    owner = _owner(request)
    label = request.GET.get("period", "all")
    layer = _layer(request, owner)
    kept = _kept(owner, label, layer) if label in periods_of(clock.today()) else None
    if kept is None or kind not in ("graphml", *TABLES):
        raise Http404
    names = _names(kept.body)
    if kind == "graphml":
        return attachment(graphml(kept.body, names), "application/graphml+xml", f"network-{label}.graphml")
    return attachment(TABLES[kind](kept.body, names), "text/csv; charset=utf-8", f"network-{label}-{kind}.csv")
