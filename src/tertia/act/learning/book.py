"""What a student carries away: the volunteer book as PDF with its verification page, and the whole record as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tertia.act.learning.models import Award, Badge, Reflection
from tertia.act.learning.queries import signed_hours
from tertia.core.files.pdf import QR, Block, Heading, Para, Table, render_pdf
from tertia.core.languages.formatting import long_date, number
from tertia.core.parties.models import Person
from tertia.core.periods import clock

__all__ = ["award_words", "book_pdf", "record_of", "scheme_words", "signed_table"]


def record_of(person: Person) -> dict[str, Any]:
    """Everything on record of a person's service, for taking away; times in ISO 8601, hours and credits as decimal strings."""
    rows = signed_hours(person).select_related("sheet__signed_by", "sheet__owner", "unit")
    awards = Award.objects.filter(person=person).select_related("course").prefetch_related("parts")
    return {
        "name": person.name, "made_at": clock.now().isoformat(timespec="seconds"),
        "service": [
            {
                "activity": str(r.sheet.activity.title), "host": str(r.sheet.activity.host.name) if r.sheet.activity.host else "", "day": r.sheet.starts_on.isoformat(),
                "hours_claimed": str(r.hours_claimed), "hours_signed": str(r.hours_signed), "signed_at": r.sheet.signed_at.isoformat() if r.sheet.signed_at else None,
                "receipt": r.sheet.receipt, "note": r.note,
            }
            for r in rows
        ],
        "credits": [
            {
                "course": str(a.course.title) if a.course else "", "scheme": a.scheme, "rule": a.rule, "on": a.on.isoformat(), "hours": str(a.hours),
                "credits": str(a.credits), "taken_back": a.taken_back_at.isoformat() if a.taken_back_at else None,
            }
            for a in awards
        ],
        "reflections": [{"course": str(r.course.title), "words": r.words, "handed_in": bool(r.handed_in_at)} for r in Reflection.objects.filter(person=person).select_related("course")],
        "badges": [{"address": settings.BASE_URL + reverse("badge", kwargs={"uuid": b.uuid}), "issued_at": b.issued_at.isoformat(), "token": b.token} for b in Badge.objects.filter(person=person)],
    }  # fmt: skip


def book_pdf(badge: Badge, language: str) -> bytes:
    """The volunteer book of the badge's holder: each attested line, the sum, credits, and the page on which anybody verifies it."""
    person, owner = badge.person, badge.owner
    rows = list(signed_hours(person).filter(sheet__owner=owner).select_related("sheet__signed_by"))
    with translation.override(language):
        title = _("Volunteer book")
        name = owner.name.read(language).text
        total = sum((r.counted for r in rows), Decimal(0))
        blocks: list[Block] = [Para(name)]
        if owner.demonstration:
            blocks.append(Para(_("Demonstration data"), mark=True))
        blocks += [
            Heading(title),
            Para(badge.holder, strong=True),
            Para(_("%(hours)s hours of voluntary work, signed by the hosts.") % {"hours": number(total, language)}),
        ]
        blocks.append(signed_table(rows, language))
        awards = list(Award.objects.filter(person=person, owner=owner, taken_back_at=None).select_related("course"))
        if awards:
            lines = [
                [
                    award_words(a, language),
                    number(a.hours, language),
                    number(a.credits, language),
                    long_date(a.on, language),
                ]
                for a in awards
            ]
            blocks += [
                Heading(_("Credits"), 2),
                Table([_("Course"), _("Hours"), _("Credits"), _("Day")], lines, right=(1, 2), widths=["1fr", "20mm", "20mm", "40mm"]),
            ]
        address = settings.BASE_URL + reverse("badge", kwargs={"uuid": badge.uuid})
        blocks.append(
            QR(
                address,
                _(
                    "On this page anybody sees whether the book is genuine. The badge is signed by the university and can be verified without this server too."
                ),
            )
        )
        day = long_date(timezone.localdate(badge.issued_at), language)
        return render_pdf(
            blocks,
            title=f"{title}: {badge.holder}",
            language=language,
            running=f"{name} · {title}",
            foot=_("Issued on %(day)s") % {"day": day},
        )


def signed_table(rows: Sequence[Any], language: str) -> Table:
    """Signed participations as a table: day, what was done, who signed, hours, receipt."""
    head = [_("Day"), _("What was done"), _("Signed by"), _("Hours"), _("Receipt")]
    return Table(head, [_line(r, language) for r in rows], right=(3,), widths=["26mm", "1fr", "42mm", "16mm", "34mm"])


def _line(row: Any, language: str) -> list[str]:
    sheet = row.sheet
    signer = (sheet.signed_by or sheet.activity.host).name.read(language).text if (sheet.signed_by or sheet.activity.host) else ""
    return [
        long_date(sheet.starts_on, language),
        sheet.activity.title.read(language).text,
        signer,
        number(row.counted, language),
        sheet.receipt,
    ]


def award_words(award: Award, language: str) -> str:
    """What credits were awarded for: the course, or the scheme."""
    return award.course.title.read(language).text if award.course else scheme_words(award.scheme)


def scheme_words(scheme: str) -> str:
    """The name of a scheme of credits in the active language."""
    return {"social": _("Social Student Credit"), "course": _("Service in a course")}.get(scheme, scheme)
