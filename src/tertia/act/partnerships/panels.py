"""What partnerships show on the page of an organisation, of a record, on Act and on Today."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from tertia.act.partnerships.models import Assessment, Registration, Signature
from tertia.act.partnerships.queries import agreements_for, agreements_of, count_sleeping, ending, spoken_for, waiting_for
from tertia.act.partnerships.vocabulary import AGAIN, MET, type_word
from tertia.core.access.links import pass_url
from tertia.core.actions.actor import ANONYMOUS
from tertia.core.actions.policies import OFFICE, WORKERS
from tertia.core.panels.declare import Panel, StageLink, declare_panel, declare_stage_link
from tertia.core.parties.queries import home_of, university_here
from tertia.core.periods import clock


def _of_organisation(request: Any, organisation: Any) -> dict[str, Any] | None:
    rows = list(agreements_of(request.actor, organisation)[:20])
    for row in rows:
        row.form_word = type_word(row.form)
    told = list(
        Assessment.objects.filter(party=organisation, record__visibility="public")
        .exclude(answered_on=None)
        .select_related("record")
        .order_by("-answered_on", "-pk")[:5]
    )
    for one in told:
        one.met_word = MET.get(one.met, "")
    home = home_of(request.actor, *WORKERS)
    keeps = home is not None and not organisation.hosts and organisation.kind != "unit"
    if not (rows or told or keeps):
        return None
    return {
        "rows": rows,
        "told": told,
        "organisation": organisation,
        "keeps": keeps,
        "may_draft": keeps and home_of(request.actor, *OFFICE) is not None,
    }


def _how_it_went(request: Any, record: Any) -> dict[str, Any] | None:
    """On an activity: what each side says, and under which agreement it was done."""
    if record.kind != "activity":
        return None
    told = list(Assessment.objects.filter(record=record).exclude(answered_on=None).select_related("party"))
    for one in told:
        one.met_word, one.again_word = MET.get(one.met, ""), AGAIN.get(one.again, "")
    may = (
        request.actor.has(record.owner_id, *OFFICE)
        or record.assessments.filter(party__in=request.actor.organisations("office", "leader", "partner")).exists()
    )
    return {"told": told, "may": may, "pk": record.pk} if told or may else None


def _to_sign(request: Any) -> dict[str, Any] | None:
    """Agreements that wait for the signature of a body for which the reader speaks."""
    mine = request.actor.organisations("leader", "office", "partner")
    if not mine:
        return None
    rows = list(
        Signature.objects.filter(party__organisation__in=mine, signed_at=None, refused_at=None, term__dropped_on=None, term__in_force_since=None)
        .select_related("term__agreement", "party__organisation").order_by("asked_on", "pk")[:20]
    )  # fmt: skip
    return {"rows": rows} if rows else None


def _watch(request: Any) -> dict[str, Any] | None:
    owner = home_of(request.actor, *OFFICE)
    if owner is None:
        return None
    today = clock.today()
    counts = {
        "ending": ending(owner, today).count(), "sleeping": count_sleeping(owner, today), "waiting": Registration.objects.filter(owner=owner, state="waiting").count(),
    }  # fmt: skip
    return counts if any(counts.values()) else None


def _asked(request: Any) -> dict[str, Any] | None:
    """Hours to sign and words to say for the body for which the reader speaks; answers and agreements have their own places on the page."""
    mine = spoken_for(request.actor).first()
    owner = university_here() if mine else None
    if mine is None or owner is None:
        return None
    waits = waiting_for(mine, owner, clock.today())
    rows = [{"kind": "hours", "record": a, "url": pass_url(a.link)} for a in waits.sheets if a.link]
    rows += [{"kind": "word", "record": a.record, "url": reverse("assess", args=[a.record_id])} for a in waits.assessments]
    return {"rows": rows} if rows else None


def _speaks(request: Any) -> dict[str, Any] | None:
    """For whoever speaks for a partner: the way to its own page."""
    mine = list(spoken_for(request.actor)[:5])
    return {"organisations": mine} if mine else None


def _line(request: Any) -> str:
    count = agreements_for(ANONYMOUS).filter(state="in-force").count()
    return ngettext("%(n)d agreement in force", "%(n)d agreements in force", count) % {"n": count}


declare_panel(Panel("organisation", 10, "partnerships/_of_organisation.html", _of_organisation))
declare_panel(Panel("record", 30, "partnerships/_how_it_went.html", _how_it_went))
declare_panel(Panel("today", 15, "partnerships/_to_sign.html", _to_sign))
declare_panel(Panel("today", 14, "partnerships/_asked.html", _asked))
declare_panel(Panel("today-side", 15, "partnerships/_watch.html", _watch))
declare_panel(Panel("today-side", 5, "partnerships/_speaks.html", _speaks))
declare_stage_link(StageLink("act", 25, "agreements", gettext_lazy("Agreements"), _line))
