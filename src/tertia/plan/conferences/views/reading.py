"""Reading a resolution: the source at the left, what was read at the right; a person corrects, then saves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tertia.core.actions.errors import TertiaError
from tertia.core.files.store import LIMIT, too_large
from tertia.core.parties.queries import managed_by
from tertia.plan.conferences.actions import save_reading
from tertia.plan.conferences.actions.resolution import ReadItem
from tertia.plan.conferences.forms import ReadForm
from tertia.plan.conferences.resolution_text import Item, Resolution, Unreadable, read_bytes, read_text

__all__ = ["read_resolution", "save_resolution"]


@dataclass
class Row:
    """One item in the form: its number in the reading, what it says, and where it stands."""

    n: int
    group: int
    lead_in: str
    addressee: str
    marker: str
    text: str
    start: int | None
    end: int | None
    depth: int = 0
    keep: bool = True


def unreadable_words(code: str) -> str:
    return {
        "broken": _(
            "The file is damaged or is not what its name says. Open it in the program that made it, save it anew and send it again."
        ),
        "encrypted": _("The file is locked by a password. Save it without one and send it again."),
        "no-text": _("The PDF holds pictures of pages and no text. Send the DOCX from which it was made, or run text recognition first."),
        "too-large": _("The file is larger than 25 MB. Send the resolution alone, without annexes."),
        "not-text": _("The file is not text in UTF-8, UTF-16 or Windows-1251. Save it as UTF-8 and send it again."),
        "empty": _("The file holds no text."),
        "unknown-kind": _("This kind of file is not read. Send plain text, DOCX or PDF."),
    }[code]


@login_required
def read_resolution(request: Any) -> HttpResponse:
    if managed_by(request.actor) is None and not request.actor.organisations("editor", "leader"):
        raise Http404
    form = ReadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            if upload and upload.size > LIMIT:
                raise Unreadable("too-large")
            reading = read_bytes(upload.read()) if upload else read_text(form.cleaned_data["text"])
        except Unreadable as error:
            words = too_large(upload.size).sentence if error.code == "too-large" and upload else unreadable_words(error.code)
            form.add_error("file" if upload else "text", words)
        else:
            rows = _rows(reading)
            head = {
                "title": reading.title or "",
                "adopted_on": reading.date or "",
                "adopting_body": reading.adopting_body or "",
                "language": reading.language or "ru",
                "addressees": "\n".join(reading.addressees),
            }
            return _beside(request, reading.source_text, head, rows, [])
    return render(request, "conferences/read.html", {"form": form, "stage": "plan"})


def _rows(reading: Resolution) -> list[Row]:
    rows: list[Row] = []

    def walk(item: Item, group: int, lead_in: str, addressee: str, depth: int) -> None:
        rows.append(Row(len(rows), group, lead_in, addressee, item.marker or "", item.text, item.start, item.end, depth))
        for inner in item.items:
            walk(inner, group, lead_in, addressee, depth + 1)

    for number, group in enumerate(reading.groups, start=1):
        for item in group.items:
            walk(item, number, group.lead_in or "", group.addressee or "", 0)
    return rows


def _beside(request: Any, source: str, head: dict[str, str], rows: list[Row], faults: list[str]) -> HttpResponse:
    reading = read_text(source)
    context = {
        "source": source, "segments": _segments(source, rows, reading), "head": head, "rows": rows, "faults": faults, "stage": "plan",
        "unread": len([p for p in reading.unread if p.reason != "page-furniture"]), "extra": range(3),
    }  # fmt: skip
    return render(request, "conferences/beside.html", context, status=400 if faults else 200)


def _segments(source: str, rows: list[Row], reading: Resolution) -> list[tuple[str, str, str]]:
    """The source cut into pieces: (kind, words, why) with kind item, unread or plain."""
    reasons = {
        "page-furniture": _("running head or page number"), "heading": _("heading"), "preamble": _("told before the recommendations"),
        "narrative": _("told, not asked"), "list-not-operative": _("a list that is told, not asked"), "closing": _("closing words"),
    }  # fmt: skip
    marks = [(r.start, r.end, "item", "") for r in rows if r.start is not None and r.end is not None and r.depth == 0]
    marks += [(p.start, p.end, "unread", reasons.get(p.reason, p.reason)) for p in reading.unread]
    found: list[tuple[str, str, str]] = []
    position = 0
    for start, end, kind, why in sorted(marks):
        if start < position or end > len(source):
            continue
        if start > position:
            found.append(("plain", source[position:start], ""))
        found.append((kind, source[start:end], why))
        position = end
    found.append(("plain", source[position:], ""))
    return found


@login_required
def save_resolution(request: Any) -> HttpResponse:
    """Save what a person has corrected. What is wrong is told, and everything typed stays."""
    owner = managed_by(request.actor)
    if request.method != "POST" or owner is None:
        raise Http404
    given = request.POST
    head = {k: given.get(k, "").strip() for k in ("title", "adopted_on", "adopting_body", "language", "addressees")}
    rows = _given_rows(given)
    faults = []
    day = None
    if head["adopted_on"]:
        try:
            day = dt.date.fromisoformat(head["adopted_on"])
        except ValueError:
            faults.append(_("The day “%(day)s” is not a date. Write it as 2019-10-30.") % {"day": head["adopted_on"]})
    source = given.get("source", "").replace("\r\n", "\n")
    if not faults:
        try:
            made = save_reading(
                by=request.actor, owner=owner, title=head["title"], language=head["language"] if head["language"] in ("kk", "ru", "en") else "ru",
                items=_items([r for r in rows if r.keep and r.text]), addressees=[a.strip() for a in head["addressees"].splitlines() if a.strip()],
                source_text=source, adopted_on=day, adopting_body=head["adopting_body"], demonstration=owner.demonstration,
            )  # fmt: skip
        except TertiaError as error:
            faults += [f.sentence for f in getattr(error, "faults", ())] or [error.sentence()]
        else:
            messages.success(request, _("%(n)d recommendations are saved.") % {"n": made.recommendations.count()})
            return redirect("resolution", slug=made.slug)
    return _beside(request, source, head, rows, faults)


def _given_rows(given: Any) -> list[Row]:
    def number(name: str) -> int | None:
        value = given.get(name, "")
        return int(value) if value.isdecimal() else None

    rows = []
    for n in range(min(number("count") or 0, 2000)):
        text = " ".join(given.get(f"text-{n}", "").split())
        rows.append(
            Row(n, number(f"group-{n}") or 1, given.get(f"lead_in-{n}", ""), given.get(f"addressee-{n}", ""), given.get(f"marker-{n}", ""),
                text, number(f"start-{n}"), number(f"end-{n}"), number(f"depth-{n}") or 0, f"keep-{n}" in given)
        )  # fmt: skip
    return rows


def _items(rows: list[Row]) -> list[ReadItem]:
    """Rows in order, deeper ones under the one before them."""
    found: list[ReadItem] = []
    i = 0
    while i < len(rows):
        row, j = rows[i], i + 1
        while j < len(rows) and rows[j].depth > row.depth:
            j += 1
        found.append(
            ReadItem(row.text, row.marker, row.group, row.lead_in, row.addressee, row.start, row.end, tuple(_items(rows[i + 1 : j])))
        )
        i = j
    return found
