"""Files for the state's register of volunteer activity and for the national volunteer platform.

The Law of Kazakhstan No. 42-VI of 30 December 2016 speaks of a register of accounting with people, bodies, place, time and requirements;
since 1 January 2024 one is entered voluntarily, by e-mail. So the file is made and its sender decides: no interface is promised. By name
stands only who agreed to it; the others of an activity are counted in one line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tertia.act.activities.models import Participation
from tertia.act.volunteering.models import Listing
from tertia.act.volunteering.words import RISKS, SKILLS, words_of
from tertia.core.files.cells import harmless
from tertia.core.files.sheets import write_sheet

__all__ = ["Entered", "register_lines", "register_table", "register_years", "platform_file"]

#: columns of the platform's file, in the order in which they stand
PLATFORM = ("volunteer", "email", "organisation", "host", "activity", "region", "place", "starts_at", "ends_at", "hours", "receipt")


@dataclass(frozen=True)
class Entered:
    """One volunteer in one activity, or, without a name, how many others were there; hours are signed ones."""

    name: str
    email: str
    others: int
    activity: Any
    hours: Decimal
    receipt: str
    requirements: tuple[str, ...]


def register_years(owner: Any) -> list[int]:
    """Calendar years in which hosts have signed hours, the last first."""
    rows = Participation.objects.filter(sheet__owner=owner, hours_signed__gt=0).dates("sheet__starts_on", "year", order="DESC")
    return [d.year for d in rows]


def register_lines(owner: Any, year: int) -> Iterator[Entered]:
    """Signed hours of a calendar year, activity by activity. Constant queries."""
    rows = (
        Participation.objects.filter(sheet__owner=owner, sheet__starts_on__year=year, hours_signed__gt=0)
        .select_related("person", "sheet__activity__host", "sheet__activity__place", "sheet__activity__shift__opportunity")
        .order_by("sheet__starts_on", "sheet_id", "pk")
    )
    agreed = set(Listing.objects.filter(person__home=owner).values_list("person", flat=True))
    sheet, others, hours = None, 0, Decimal(0)
    for row in rows.iterator(chunk_size=2000):
        if sheet is not None and row.sheet_id != sheet.pk and others:
            yield _entered(sheet, "", "", others, hours)
        if sheet is None or row.sheet_id != sheet.pk:
            sheet, others, hours = row.sheet, 0, Decimal(0)
        if row.person is not None and row.person_id in agreed:
            yield _entered(sheet, row.person.name, row.person.email, 0, row.counted)
        else:
            others, hours = others + 1, hours + row.counted
    if sheet is not None and others:
        yield _entered(sheet, "", "", others, hours)


def _entered(sheet: Any, name: str, email: str, others: int, hours: Decimal) -> Entered:
    shift = getattr(sheet.activity, "shift", None)
    needs = (*words_of(shift.opportunity.skills, SKILLS), *words_of(shift.opportunity.risks, RISKS)) if shift else ()
    return Entered(name, email, others, sheet.activity, hours, sheet.receipt, tuple(str(w) for w in needs))


def _who(line: Entered) -> str:
    return line.name or ngettext("%(n)d more, without a name", "%(n)d more, without names", line.others) % {"n": line.others}


def register_table(owner: Any, year: int, language: str) -> bytes:
    """The register as XLSX, in a language: number, volunteer, organisations, place, time, hours, requirements, receipt of the signature."""
    with translation.override(language):
        heads = [(_("No."), 6), (_("Volunteer"), 34), (_("Organisation"), 34), (_("Host"), 34), (_("What was done"), 40), (_("Place"), 30), (_("From"), 17), (_("Until"), 17), (_("Hours"), 8), (_("Requirements"), 34), (_("Receipt"), 20)]  # fmt: skip
        name = owner.name.read(language).text
        rows = []
        for n, line in enumerate(register_lines(owner, year), start=1):
            activity = line.activity
            place = ", ".join(filter(None, (activity.place.name.read(language).text if activity.place else "", activity.where)))
            rows.append([
                n, _who(line), name, activity.host.name.read(language).text if activity.host else "", activity.title.read(language).text, place,
                _moment(activity.starts_at), _moment(activity.ends_at), line.hours, ", ".join(line.requirements), line.receipt,
            ])  # fmt: skip
        notes = [
            _("Hours that hosts have signed, %(year)d.") % {"year": year}, _("By name stands only who agreed to it; the others of an activity are counted in one line."),
            _("Law of the Republic of Kazakhstan No. 42-VI of 30 December 2016 on volunteering."),
        ]  # fmt: skip
        if owner.demonstration:
            notes.insert(0, _("Demonstration data"))
        return write_sheet(str(year), heads, rows, notes)


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%d.%m.%Y %H:%M}"


def platform_file(owner: Any, year: int) -> str:
    """For the national platform: CSV with English column names, ISO 8601 times, people by name only where they agreed."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(PLATFORM)
    for line in register_lines(owner, year):
        if not line.name:
            continue
        a = line.activity
        writer.writerow([
            harmless(line.name), line.email, str(owner.name), str(a.host.name) if a.host else "", harmless(str(a.title)), a.place.code if a.place else "", harmless(a.where),
            timezone.localtime(a.starts_at).isoformat(), timezone.localtime(a.ends_at).isoformat(), line.hours, line.receipt,
        ])  # fmt: skip
    return "\ufeff" + out.getvalue()
