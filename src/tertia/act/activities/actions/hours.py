"""Hours claimed, and their signature by the host."""

from __future__ import annotations

import datetime as dt
import secrets
from decimal import Decimal
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tertia.act.activities.hooks import AFTER_SIGNING
from tertia.act.activities.models import Activity, HoursSheet, Participation
from tertia.core.access.actions import issue_pass, use_pass
from tertia.core.access.links import pass_url
from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault, PassRefused
from tertia.core.actions.policies import WRITERS, holder, one_of, roles, system
from tertia.core.languages.formatting import long_date, number
from tertia.core.messages.outbox import write_message
from tertia.core.periods import clock
from tertia.core.records.actions import join, move
from tertia.core.rules.queries import rule_on

__all__ = ["amend_hours", "ask_host", "attest_hours", "claim_hours", "dispute_sheet", "escalate_sheet", "say_benefit", "take_back"]


@action("activities.claim_hours", may=roles(*WRITERS, of="activity.owner_id"))
def claim_hours(*, by: Any, activity: Activity, rows: list[tuple[Any, Any, Decimal, str]]) -> HoursSheet:
    """Write down who took part and for how long: (person, unit, hours, role). The hours count when the host has signed."""
    faults = [
        Fault(f"hours-{i}", _("Row %(row)d: %(hours)s h in one day. A day has 24.") % {"row": i, "hours": hours})
        for i, (_person, _unit, hours, _role) in enumerate(rows, start=1)
        if not 0 < hours <= 24
    ]
    if faults:
        raise BadInput(*faults)
    sheet = HoursSheet.objects.filter(activity=activity).first()
    if sheet is None:
        sheet = HoursSheet(
            owner_id=activity.owner_id, activity=activity, title=activity.title, unit_id=activity.unit_id,
            starts_on=activity.starts_on, ends_on=activity.ends_on, slug=f"{activity.slug}", visibility=activity.visibility,
            demonstration=activity.demonstration,
        )  # fmt: skip
        sheet.save()
        join(sheet, "hours-of", activity)
    sheet = lock(sheet)
    require_state(sheet, "claimed", "asked")
    there = set(sheet.participations.values_list("person_id", flat=True))
    Participation.objects.bulk_create(
        Participation(sheet=sheet, person=person, unit=unit, hours_claimed=hours, role=role)
        for person, unit, hours, role in rows
        if person.pk not in there
    )
    return sheet


@action("activities.ask_host", may=roles(*WRITERS, of="sheet.owner_id"), about="sheet")
def ask_host(*, by: Any, sheet: HoursSheet, on: dt.date, send_to: str = "") -> HoursSheet:
    """Ask the host to sign, by a link that needs no account. Asking again sends the same question with a new link."""
    sheet = lock(sheet)
    require_state(sheet, "claimed", "asked", "refused")
    activity = sheet.activity
    if activity.host is None:
        raise BadInput(Fault("host", _("The activity names no host who could sign. Add the host first.")))
    sheet.asked_on = sheet.asked_on or on
    sheet.sign_by, sheet.escalated_on = on + dt.timedelta(days=rule_on("attestation.term_days", on, sheet.owner)), None
    if sheet.state == "asked":
        sheet.save()
    else:
        move(sheet, "asked")
    address = send_to or activity.host.email
    held = issue_pass(
        by=by, purpose="activities.attest", issued_by=sheet.owner, subject_id=sheet.pk, record=sheet, organisation=activity.host,
        sent_to=address, language=activity.host.letter_language,
    )  # fmt: skip
    sheet.link = held  # type: ignore[attr-defined]
    if address:
        _write_to_host(sheet, held, address, on)
    return sheet


def _write_to_host(sheet: HoursSheet, held: Any, address: str, on: dt.date) -> None:
    with translation.override(held.language):
        count = sheet.participations.count()
        title = sheet.title.read(held.language).text
        write_message(
            key=f"attest:{sheet.pk}:{held.pk}", to=address, language=held.language, organisation=sheet.owner, record=sheet,
            demonstration=sheet.demonstration,
            subject=_("Please sign the hours of “%(title)s”") % {"title": title},
            body=_("%(count)d people helped you on %(date)s. Were they with you? Sign here; no account is needed:\n%(url)s")
            % {"count": count, "date": long_date(sheet.starts_on, held.language), "url": pass_url(held)},
        )  # fmt: skip


@action("activities.amend_hours", may=roles("office", "leader", "editor", of="sheet.owner_id"), about="sheet")
def amend_hours(*, by: Any, sheet: HoursSheet, rows: list[tuple[Any, Any, Decimal, str]], reason: str, on: dt.date) -> HoursSheet:
    """After the signature somebody turns out to be missing: the line is added and the host is asked anew. What was signed stays signed
    and counts meanwhile; the new lines count when the host signs again. The journal keeps who, when and why."""
    sheet = lock(sheet)
    require_state(sheet, "signed")
    faults = [Fault("reason", _("Say why the signed hours are corrected."))] if not reason.strip() else []
    faults += [Fault(f"hours-{i}", _("Row %(row)d: %(hours)s h in one day. A day has 24.") % {"row": i, "hours": h}) for i, (_p, _u, h, _r) in enumerate(rows, start=1) if not 0 < h <= 24]  # fmt: skip
    there = set(sheet.participations.values_list("person_id", flat=True))
    new = [row for row in rows if row[0].pk not in there]
    if not new:
        faults.append(Fault("lines", _("Everybody in these lines is on the sheet already.")))
    if faults:
        raise BadInput(*faults)
    for person, unit, hours, role in new:
        Participation(sheet=sheet, person=person, unit=unit, hours_claimed=hours, role=role, note=reason.strip()[:300]).save()
    move(sheet, "asked")
    sheet.signed_at, sheet.signed_by = None, None
    sheet.save()
    return ask_host(by=by, sheet=sheet, on=on)


@action(
    "activities.attest_hours",
    may=one_of(holder("activities.attest", of="sheet"), roles("office", "leader", "partner", of="sheet.activity.host_id")),
    about="sheet",
)
def attest_hours(
    *, by: Any, sheet: HoursSheet, changes: dict[int, Decimal], absent: set[int], notes: dict[int, str] | None = None
) -> HoursSheet:
    """The host signs: every line as claimed, but for `changes` (hours by participation id) and `absent` ones. Once."""
    use_pass(by)
    sheet = lock(sheet)
    require_state(sheet, "asked")
    rows = {row.pk: row for row in sheet.participations.all()}
    unknown = (set(changes) | absent) - set(rows)
    faults = [Fault(f"hours-{pk}", _("This line is not on the sheet.")) for pk in sorted(unknown)]
    faults += [
        Fault(f"hours-{pk}", _("%(hours)s h in one day. A day has 24. Nothing was signed.") % {"hours": number(hours, "en")})
        for pk, hours in changes.items()
        if not 0 <= hours <= 24
    ]
    if faults:
        raise BadInput(*faults)
    for pk, row in rows.items():
        agreed = row.hours_claimed if row.hours_signed is None else row.hours_signed
        row.hours_signed = Decimal(0) if pk in absent else changes.get(pk, agreed)
        row.disputed = row.hours_signed != row.hours_claimed
        row.note = (notes or {}).get(pk, row.note)[:300]
        row.save()
    sheet.signed_at = clock.now()
    sheet.signed_by = sheet.activity.host
    sheet.receipt = f"T-{sheet.signed_at.year}-{sheet.pk}-{secrets.token_hex(2).upper()}"
    move(sheet, "signed")
    for follow in AFTER_SIGNING:
        follow(sheet, timezone.localdate(sheet.signed_at))
    return sheet


@action("activities.dispute_sheet", may=holder("activities.attest", of="sheet"), about="sheet")
def dispute_sheet(*, by: Any, sheet: HoursSheet) -> HoursSheet:
    """The body that was asked says: this was not with us."""
    use_pass(by)
    sheet = lock(sheet)
    require_state(sheet, "asked")
    move(sheet, "refused")
    return sheet


@action("activities.take_back", may=holder("activities.attest", of="sheet"), about="sheet")
def take_back(*, by: Any, sheet: HoursSheet, today: dt.date) -> HoursSheet:
    """The host takes the signature back within a week; the hours no longer count and may be signed anew by the same link."""
    sheet = lock(sheet)
    require_state(sheet, "signed")
    assert sheet.signed_at is not None
    if today > timezone.localdate(sheet.signed_at) + dt.timedelta(days=7):
        raise PassRefused("expired")
    Participation.objects.filter(sheet=sheet).update(hours_signed=None, disputed=False)
    sheet.signed_at, sheet.signed_by, sheet.receipt = None, None, ""
    move(sheet, "asked")
    held = lock(by.holds)
    held.used_at = None
    held.save()
    return sheet


@action("activities.escalate", may=system, about="sheet")
def escalate_sheet(*, by: Any, sheet: HoursSheet, on: dt.date) -> HoursSheet:
    """The term has passed and the host has not signed: the office is told once. Silence is never taken for a signature."""
    sheet = lock(sheet)
    if sheet.state != "asked" or sheet.escalated_on is not None or sheet.sign_by is None or sheet.sign_by >= on:
        return sheet
    sheet.escalated_on = on
    sheet.save()
    owner, host = sheet.owner, sheet.activity.host
    if owner.email and host is not None:
        with translation.override(owner.letter_language):
            title = sheet.title.read(owner.letter_language).text
            body = _(
                "%(host)s was asked on %(asked)s and has not signed; the term ended on %(term)s. The hours of %(count)d people do not count until then. Speak to the host, or ask by paper."
            )
            write_message(
                key=f"escalated:{sheet.pk}:{on.isoformat()}", to=owner.email, language=owner.letter_language, organisation=owner, record=sheet,
                demonstration=sheet.demonstration, subject=_("Hours without a signature: %(title)s") % {"title": title},
                body=body % {
                    "host": host.name.read(owner.letter_language).text, "asked": long_date(sheet.asked_on, owner.letter_language) if sheet.asked_on else "",
                    "term": long_date(sheet.sign_by, owner.letter_language), "count": sheet.participations.count(),
                },
            )  # fmt: skip
    return sheet


@action("activities.say_benefit", may=holder("activities.attest", of="sheet"), about="sheet")
def say_benefit(*, by: Any, sheet: HoursSheet, helped: str) -> HoursSheet:
    """One question to the host, free to leave: did it help?"""
    if helped not in ("yes", "partly", "no"):
        raise BadInput(Fault("helped", _("Choose yes, partly or no.")))
    sheet = lock(sheet)
    sheet.helped = helped
    sheet.save()
    return sheet
