"""The public face: a university's own site, the page for journalists, maps for search engines, pictures for social networks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, Max
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation

from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.actor import ANONYMOUS
from tertia.core.actions.forms import carried_out
from tertia.core.actions.pages import Pages
from tertia.core.actions.policies import KEEPERS
from tertia.core.files.pdf import FONTS
from tertia.core.languages.templatetags.languages import plain
from tertia.core.languages.text import LANGUAGES
from tertia.core.parties.merging import describe_organisation
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import home_of
from tertia.core.periods import clock
from tertia.core.periods.ical import CalendarEntry, calendar_file
from tertia.core.records.kinds import KINDS
from tertia.core.records.models import Record
from tertia.core.records.queries import record_at
from tertia.core.records.schema import address_of, as_script, organisation_schema
from tertia.measure.indicators.queries import figure_lines, latest_totals
from tertia.tell.site.actions import drop_address, keep_addresses, read_addresses, rename_record, write_site
from tertia.tell.site.forms import AddressesForm, RenameForm, SiteForm
from tertia.tell.site.models import OldAddress, SiteWords
from tertia.tell.site.queries import SECTIONS, coming, rows_of
from tertia.tell.site.share import draw_share

__all__ = ["press", "share", "site", "site_calendar", "site_desk", "site_section", "sitemap", "sitemap_index"]

SHOWN, PAGE, IN_A_MAP = 4, 30, 10_000


def _university(slug: str) -> Organisation:
    return scoped_or_404(Organisation.objects.filter(hosts=True).select_related("place"), slug=slug)  # type: ignore[no-any-return]


def site(request: Any, slug: str) -> HttpResponse:
    owner = _university(slug)
    today = clock.today()
    sections = [(s, rows) for s in SECTIONS.values() if s.key != "figures" and (rows := list(rows_of(s, owner)[:SHOWN]))]
    figures = _figures(owner, 5)
    if figures:
        sections.append((SECTIONS["figures"], figures))
    context = {
        "owner": owner, "words": SiteWords.objects.filter(owner=owner).first(), "sections": sections, "coming": list(coming(owner, today)[:6]), "lines": figure_lines(figures),
        "schema_script": as_script({"@context": "https://schema.org", **organisation_schema(owner), "@id": address_of(request.path)}),
    }  # fmt: skip
    return render(request, "site/site.html", context)


def _figures(owner: Organisation, most: int) -> list[Record]:
    """Indicators that have a figure: what is not recorded yet is seen on the page of figures, not on the front."""
    rows = list(rows_of(SECTIONS["figures"], owner)[:60])
    totals = latest_totals(rows)
    return [r for r in rows if r.pk in totals and totals[r.pk].state == "value"][:most]


def site_section(request: Any, slug: str, section: str) -> HttpResponse:
    owner = _university(slug)
    if section not in SECTIONS:
        raise Http404
    page = Pages(rows_of(SECTIONS[section], owner), PAGE).get_page(request.GET.get("page"))
    return render(request, "site/section.html", {"owner": owner, "section": SECTIONS[section], "page": page, "rows": page.object_list})


def site_calendar(request: Any, slug: str) -> HttpResponse:
    """What is still to be, for calendar programs (RFC 5545)."""
    owner = _university(slug)
    entries = []
    for r in coming(owner, clock.today())[:300]:
        day = r.starts_on or r.ends_on
        if day is None:
            continue
        start = timezone.make_aware(dt.datetime.combine(day, dt.time(9)))
        exact = getattr(r, "as_activity", None) if r.kind == "activity" else None
        starts, ends = (exact.starts_at, exact.ends_at) if exact else (start, None)
        entries.append(
            CalendarEntry(
                f"record-{r.pk}@{settings.MESSAGE_ID_DOMAIN}", plain(r.title), starts, ends, r.changed_at, words=plain(r.summary), url=address_of(r.get_absolute_url()), zone=owner.time_zone,
            )
        )  # fmt: skip
    return HttpResponse(calendar_file(entries, plain(owner.name)), content_type="text/calendar; charset=utf-8")


def press(request: Any, slug: str) -> HttpResponse:
    """What a journalist needs in ten minutes: whom to ask, who we are, figures with their sources, what is new, what is coming."""
    owner = _university(slug)
    figures = _figures(owner, 8)
    context = {
        "owner": owner, "words": SiteWords.objects.filter(owner=owner).first(), "stories": list(rows_of(SECTIONS["stories"], owner)[:5]), "figures": figures, "lines": figure_lines(figures),
        "coming": list(coming(owner, clock.today())[:5]), "media": list(rows_of(SECTIONS["media"], owner)[:3]),
    }  # fmt: skip
    return render(request, "site/press.html", context)


@login_required
def site_desk(request: Any) -> HttpResponse:
    home = home_of(request.actor, *KEEPERS)
    if home is None:
        raise Http404
    words = SiteWords.objects.filter(owner=home).first()
    doing = request.POST.get("do", "")
    initial = {f: getattr(words, f) for f in ("about", "press_name", "press_email", "press_phone")} if words else {}
    forms: dict[str, Any] = {
        "site": SiteForm(request.POST if doing == "site" else None, initial={**initial, "host_name": home.host_name}),
        "addresses": AddressesForm(request.POST if doing == "addresses" else None),
        "rename": RenameForm(request.POST if doing == "rename" else None),
    }
    if request.method == "POST" and carried_out(request, forms.get(doing), lambda: _act(request, home, forms, doing)):
        return redirect("site_desk")
    page = Pages(OldAddress.objects.filter(owner=home), 50).get_page(request.GET.get("page"))
    return render(request, "site/desk.html", {"owner": home, "forms": forms, "page": page, "rows": page.object_list, "stage": "tell"})


def _act(request: Any, home: Organisation, forms: dict[str, Any], doing: str) -> None:
    by = request.actor
    if doing == "site":
        given = dict(forms["site"].cleaned_data)
        host = given.pop("host_name").strip().lower()
        with transaction.atomic():
            write_site(by=by, owner=home, **given)
            if host != home.host_name:
                describe_organisation(by=by, organisation=home, within=home, host_name=host)
    elif doing == "addresses":
        keep_addresses(by=by, owner=home, addresses=read_addresses(forms["addresses"].cleaned_data["addresses"]))
    elif doing == "rename":
        given = forms["rename"].cleaned_data
        rename_record(by=by, record=record_at(by, given["record"]), slug=given["slug"].strip())
    elif doing == "drop":
        drop_address(by=by, address=scoped_or_404(OldAddress.objects.filter(owner=home), pk=id_of(request.POST.get("address"))))


def _public() -> Any:
    rows: Any = Record.objects.visible_to(ANONYMOUS)
    return rows.exclude(state__in=("draft", "merged"))


def sitemap_index(request: Any) -> HttpResponse:
    """One map for each kind of record, ten thousand in each (sitemaps.org 0.9)."""
    counts = _public().order_by("kind").values("kind").annotate(n=Count("pk"), last=Max("changed_at"))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    pages = [
        ("pages", 1, None),
        *((c["kind"], n, c["last"]) for c in counts if c["kind"] in KINDS for n in range(1, (c["n"] - 1) // IN_A_MAP + 2)),
    ]
    for kind, number, last in pages:
        moment = f"<lastmod>{last.isoformat()}</lastmod>" if last else ""
        lines.append(f"<sitemap><loc>{escape(address_of(f'/sitemap-{kind}-{number}.xml'))}</loc>{moment}</sitemap>")
    return HttpResponse("\n".join([*lines, "</sitemapindex>"]), content_type="application/xml")


def sitemap(request: Any, kind: str, number: int) -> StreamingHttpResponse:
    """Each page in three languages with its alternates, in a stream."""
    if kind == "pages":
        if number != 1:
            raise Http404
        return StreamingHttpResponse(_map((path, None) for path in _fixed()), content_type="application/xml")
    if kind not in KINDS or not number:
        raise Http404
    rows = _public().filter(kind=kind).order_by("pk")[(number - 1) * IN_A_MAP : number * IN_A_MAP]
    if not rows.exists():
        raise Http404
    with translation.override("kk"):
        found = [(r.get_absolute_url(), r.changed_at) for r in rows.only("kind", "slug", "changed_at").iterator(chunk_size=2000)]
    return StreamingHttpResponse(_map(iter(found)), content_type="application/xml")


def _fixed() -> list[str]:
    """Lists and the sites of universities."""
    with translation.override("kk"):
        pages = [
            "home",
            "needs",
            "opportunities",
            "conversations",
            "resolutions",
            "activities",
            "stories",
            "mentions",
            "figures",
            "organisations",
            "calendar",
            "regions",
            "studies",
            "reports",
        ]
        found = [reverse(p) for p in pages] + [reverse("stage", kwargs={"name": s}) for s, _word in settings.STAGES]
        for slug in Organisation.objects.filter(hosts=True).values_list("slug", flat=True):
            found += [reverse("site", kwargs={"slug": slug}), reverse("press", kwargs={"slug": slug})]
    return found


def _map(pages: Iterator[tuple[str, Any]]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    for path, changed in pages:
        told = {code: escape(address_of(path if code == "kk" else "/" + code + path[3:])) for code in LANGUAGES}
        others = "".join(f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>' for code, address in told.items())
        moment = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
        yield "".join(f"<url><loc>{address}</loc>{moment}{others}</url>\n" for address in told.values())
    yield "</urlset>\n"


def share(request: Any, pk: str, code: str) -> HttpResponse:
    """The picture of a public record in a language; drawn once for each change."""
    record = scoped_or_404(Record.objects.visible_to(ANONYMOUS).select_related("owner"), pk=int(pk))
    key = f"share:{record.pk}:{code}:{record.changed_at.isoformat()}"
    data = cache.get(key)
    if data is None:
        with translation.override(code):
            data = draw_share(plain(record.title), str(record.declared.label), plain(record.owner.name), FONTS)
        cache.set(key, data, 3600)
    answer = HttpResponse(data, content_type="image/png")
    answer["Cache-Control"] = "public, max-age=3600"
    return answer
