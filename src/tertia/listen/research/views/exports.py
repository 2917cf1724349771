"""Works as files for reference managers, and as an OAI-PMH repository for harvesters."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import Min, Q
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from tertia.core.actions.actor import ANONYMOUS
from tertia.core.languages.text import Text
from tertia.core.parties.queries import university_here
from tertia.core.places.models import Place
from tertia.core.records.queries import record_for
from tertia.listen.research import oai
from tertia.listen.research.models import Study
from tertia.listen.research.queries import found_studies
from tertia.listen.research.references.model import Item
from tertia.listen.research.references.writing import WRITERS
from tertia.listen.research.views.studies import asked_for

__all__ = ["FILES", "oai_pmh", "studies_file", "study_file"]

#: ending → (form, media type)
FILES = {
    "bib": ("bibtex", "application/x-bibtex"),
    "ris": ("ris", "application/x-research-info-systems"),
    "json": ("csl-json", "application/vnd.citationstyles.csl+json"),
}
PIECE = 200


def item_of(study: Study) -> Item:
    """The reference as it leaves the house: known by its name here, and with an address where the source gives none."""
    item = dict(study.reference)
    item["id"] = study.slug
    item.setdefault("URL", settings.BASE_URL + reverse("study", kwargs={"slug": study.slug}))
    return item


def _file(form: str, rows: Any, name: str) -> StreamingHttpResponse:
    if form not in FILES:
        raise Http404
    writer, media = FILES[form]
    answer = StreamingHttpResponse(WRITERS[writer](item_of(s) for s in rows), content_type=f"{media}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def study_file(request: Any, slug: str, form: str) -> StreamingHttpResponse:
    return _file(form, [record_for(request.actor, Study, slug=slug)], slug)


def studies_file(request: Any, form: str) -> StreamingHttpResponse:
    """The whole list that the page shows, in a stream."""
    return _file(form, found_studies(request.actor, **asked_for(request)).iterator(chunk_size=500), "works")


@csrf_exempt
def oai_pmh(request: Any) -> HttpResponse:
    """OAI-PMH 2.0 over GET and POST: every public study, in Dublin Core; sets are regions."""
    given = request.POST if request.method == "POST" else request.GET
    address, now = settings.BASE_URL + reverse("oai_pmh"), timezone.now()
    plain = {name: given[name] for name in given}
    try:
        asked = oai.asked(dict(given.lists()))
        body = oai.answer(address, now, plain, asked.verb, _said(asked))
    except oai.OaiError as error:
        body = oai.errors(address, now, error, plain)
    return HttpResponse(body, content_type="text/xml; charset=utf-8")


def _public() -> Any:
    """What is or was public: withdrawn and joined works are told as deleted."""
    return Study.objects.visible_to(ANONYMOUS).filter(about="region").select_related("place", "owner").order_by("changed_at", "pk")


def _said(asked: oai.Asked) -> dict[str, Any]:
    if asked.verb == "Identify":
        home = university_here()
        first = _public().aggregate(first=Min("changed_at"))["first"] or timezone.now()
        return {"name": _name(home), "emails": [home.email if home and home.email else settings.DEFAULT_FROM_EMAIL], "earliest": first}
    if asked.verb == "ListSets":
        used = set(_public().values_list("place", flat=True))
        return {"sets": [(p.code, p.name.read("en").text) for p in Place.objects.filter(pk__in=used)]}
    if asked.verb == "ListMetadataFormats":
        if asked.identifier:
            _one(asked.identifier)
        return {}
    if asked.verb == "GetRecord":
        return {"record": _shown(_one(asked.identifier))}
    return _page(asked)


def _name(home: Any) -> str:
    return home.name.read("en").text if home else "Tertia"


def _one(identifier: str) -> Study:
    prefix, _colon, number = identifier.rpartition(":")
    found = _public().filter(pk=int(number)).first() if prefix == f"oai:{_host()}" and number.isdecimal() and len(number) < 18 else None
    if found is None:
        raise oai.OaiError("idDoesNotExist", f"{identifier!r} is no record of this repository")
    return found


def _host() -> str:
    return settings.BASE_URL.split("//", 1)[-1].split("/", 1)[0].split(":", 1)[0]


def _page(asked: oai.Asked) -> dict[str, Any]:
    rows = _public()
    if asked.since:
        rows = rows.filter(changed_at__gte=asked.since)
    if asked.until:
        # datestamps are told to the second, so the whole second belongs to it
        rows = rows.filter(changed_at__lt=asked.until + dt.timedelta(seconds=1))
    if asked.part:
        rows = rows.filter(place__code=asked.part)
    total = rows.count()
    if not total:
        raise oai.OaiError("noRecordsMatch", "nothing public was changed in that time in that set")
    if asked.after:
        stamp, number = asked.after
        rows = rows.filter(Q(changed_at__gt=stamp) | Q(changed_at=stamp, pk__gt=number))
    page = list(rows[: PIECE + 1])
    more = len(page) > PIECE
    page = page[:PIECE]
    told = asked.told + len(page)
    token = asked.token((page[-1].changed_at.isoformat(), page[-1].pk), told) if more else ""
    return {"records": [_shown(s) for s in page], "token": token, "told": asked.told, "total": total}


def _versions(text: Text) -> list[tuple[str, str]]:
    return [(language, version[0]) for language, version in text.versions.items()]


def _shown(study: Study) -> oai.Shown:
    sets = (study.place.code,) if study.place else ()
    identifier = f"oai:{_host()}:{study.pk}"
    if study.state in ("merged", "withdrawn"):
        return oai.Shown(identifier, study.changed_at, sets)
    summaries = _versions(study.summary) or [("", study.reference.get("abstract", ""))]
    with translation.override("en"):
        address = settings.BASE_URL + reverse("study", kwargs={"slug": study.slug})
    return oai.Shown(
        identifier, study.changed_at, sets,
        oai.dublin_core(
            study.reference, titles=_versions(study.title), summaries=summaries, address=address, publisher=study.owner.name.read("en").text,
            place=_versions(study.place.name) if study.place else (),
        ),
    )  # fmt: skip
