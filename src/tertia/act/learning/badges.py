"""Issuing badges, taking them back, and the files by which anybody verifies them when this server is gone."""

from __future__ import annotations

import json
import secrets
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tertia.act.learning.credentials import LIST_BITS, bake_svg, issue, status_file, status_list
from tertia.act.learning.credentials import Badge as Content
from tertia.act.learning.models import Award, Badge, Course, Outcome
from tertia.act.learning.queries import signed_hours
from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import itself, one_of, roles
from tertia.core.keys.actions import own_key
from tertia.core.keys.queries import register
from tertia.core.languages.formatting import long_date, number
from tertia.core.parties.models import Organisation, Person
from tertia.core.periods import clock
from tertia.core.rules.queries import rule_on

__all__ = ["badge_picture", "issue_badge", "list_url", "revoke_badge", "write_public_files"]


@action("learning.issue_badge", may=one_of(itself("person.pk"), roles("office", "leader", "editor", "administrator", of="owner.pk")))
def issue_badge(*, by: Any, owner: Organisation, person: Person, course: Course | None = None, language: str = "en") -> Badge:
    """A badge of all hours that hosts have signed, or of one course with its credits and outcomes. The same as the last one is not issued again."""
    hours, credits, outcomes = _content(person, owner, course)
    if hours <= 0:
        raise BadInput(Fault("hours", _("There are no hours yet that a host has signed. A badge is of attested work only.")))
    last = Badge.objects.filter(person=person, owner=owner, course=course, language=language, revoked_at=None).first()
    now = clock.now()
    if last is not None and (last.hours, last.credits) == (hours, credits) and (last.valid_until is None or last.valid_until > now):
        return last
    days = rule_on("badge.valid_days", timezone.localdate(now), owner)
    made = Badge(
        person=person, owner=owner, course=course, holder=person.name, language=language, hours=hours, credits=credits, issued_at=now,
        valid_until=now + timezone.timedelta(days=days), status_index=_free_index(owner),
    )  # fmt: skip
    made.token = issue(own_key(owner, timezone.localdate(now)), _words(made, outcomes))
    made.save()
    write_public_files(owner)
    return made


def _content(person: Person, owner: Organisation, course: Course | None) -> tuple[Decimal, Decimal, list[Outcome]]:
    if course is None:
        rows = signed_hours(person).filter(sheet__owner=owner)
        return sum((r.counted for r in rows), Decimal(0)), Decimal(0), []
    awards = Award.objects.filter(person=person, course=course, taken_back_at=None)
    outcomes = list(Outcome.objects.filter(course=course, third_mission=True, withdrawn=False))
    return sum((a.hours for a in awards), Decimal(0)), sum((a.credits for a in awards), Decimal(0)), outcomes


def _free_index(owner: Organisation) -> int:
    """A free place in the list at random, so that its number tells nothing of the order."""
    used = set(Badge.objects.filter(owner=owner).values_list("status_index", flat=True))
    while (index := secrets.randbelow(LIST_BITS)) in used:
        pass
    return index


def _words(badge: Badge, outcomes: list[Outcome]) -> Content:
    """What the credential says, in the badge's language."""
    language, owner = badge.language, badge.owner
    with translation.override(language):
        told = number(badge.hours, language)
        course = badge.course
        page = settings.BASE_URL + (course.get_absolute_url() if course else reverse("opportunities"))
        name = course.title.read(language).text if course else _("Volunteer")
        description = (
            _("%(credits)s credits for %(hours)s hours of service, signed by the hosts.")
            % {"credits": number(badge.credits, language), "hours": told}
            if course
            else _("%(hours)s hours of voluntary work, signed by the hosts.") % {"hours": told}
        )
        return Content(
            id=settings.BASE_URL + reverse("badge", kwargs={"uuid": badge.uuid}), issuer_name=owner.name.read(language).text, issuer_slug=owner.slug,
            issuer_url=settings.BASE_URL, achievement_id=page, name=name, description=description, language=language, holder=badge.holder,
            criteria=_("Hours count when the host, the other side, has signed them."), issued_at=badge.issued_at, valid_until=badge.valid_until,
            email=badge.person.email, salt=secrets.token_hex(8), hours=f"{badge.hours.normalize():f}", credits=f"{badge.credits.normalize():f}" if badge.credits else "",
            outcomes=tuple((o.words.read(language).text, f"{page}#{o.code}") for o in outcomes), status_url=list_url(owner), status_index=badge.status_index,
        )  # fmt: skip


def list_url(owner: Organisation) -> str:
    """One address, whatever the language of the page: it stands in every badge."""
    with translation.override("en"):
        return settings.BASE_URL + reverse("badge_list", kwargs={"slug": owner.slug})


@action("learning.revoke_badge", may=roles("office", "leader", "administrator", of="badge.owner_id"), about="badge")
def revoke_badge(*, by: Any, badge: Badge, reason: str) -> Badge:
    """Take a badge back; whoever verifies it with the list of today sees it."""
    badge = lock(badge)
    if not reason.strip():
        raise BadInput(Fault("reason", _("Say why the badge is taken back.")))
    badge.revoked_at, badge.reason = badge.revoked_at or clock.now(), badge.reason or reason.strip()[:300]
    badge.save()
    write_public_files(badge.owner)
    return badge


def write_public_files(owner: Organisation) -> None:
    """The signed list of what was taken back, and the register of keys, as files: `tertia badge verify` needs no more. Written whole or not at all."""
    folder = Path(settings.HOME) / "badges"
    folder.mkdir(parents=True, exist_ok=True)
    revoked = Badge.objects.filter(owner=owner, revoked_at__isnull=False).values_list("status_index", flat=True)
    token = status_list(own_key(owner, clock.today()), list_url(owner), revoked, clock.now())
    pointing = Badge.objects.filter(owner=owner).values_list("token", flat=True).first()
    _write(folder / f"list-{owner.slug}.jwt", token)
    if pointing:
        _write(folder / status_file(pointing), token)
    _write(folder / "keys.json", json.dumps({"keys": list(register().rows)}, ensure_ascii=False, indent=1))


def _write(file: Path, text: str) -> None:
    temporary = file.with_suffix(file.suffix + f".{secrets.token_hex(4)}")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(file)


_PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" width="320" height="320" viewBox="0 0 320 320" role="img" aria-label="{label}">
<rect width="320" height="320" rx="16" fill="#FBFBFA"/><rect x="10" y="10" width="300" height="300" rx="10" fill="none" stroke="#00616B" stroke-width="3"/>
<text x="160" y="62" text-anchor="middle" font-family="Golos Text,Arial,sans-serif" font-size="17" fill="#46524F">{name}</text>
<text x="160" y="168" text-anchor="middle" font-family="Golos Text,Arial,sans-serif" font-size="84" font-weight="600" fill="#00616B">{hours}</text>
<text x="160" y="202" text-anchor="middle" font-family="Golos Text,Arial,sans-serif" font-size="17" fill="#14201F">{unit}</text>
<text x="160" y="250" text-anchor="middle" font-family="Golos Text,Arial,sans-serif" font-size="18" font-weight="600" fill="#14201F">{holder}</text>
<text x="160" y="278" text-anchor="middle" font-family="Golos Text,Arial,sans-serif" font-size="13" fill="#46524F">{issuer}</text>
<text x="160" y="297" text-anchor="middle" font-family="Golos Text,Arial,sans-serif" font-size="13" fill="#46524F">{day}</text></svg>"""


def badge_picture(badge: Badge) -> bytes:
    """The drawing that carries the credential."""
    from xml.sax.saxutils import escape  # slow library

    language = badge.language
    with translation.override(language):
        name = badge.course.title.read(language).text if badge.course else _("Volunteer")
        parts = {
            "name": _short(name, 34), "hours": number(badge.hours, language), "unit": _("hours signed by the hosts"), "holder": _short(badge.holder, 30),
            "issuer": _short(badge.owner.name.read(language).text, 44), "day": long_date(timezone.localdate(badge.issued_at), language),
        }  # fmt: skip
    parts["label"] = f"{parts['name']}: {parts['hours']} {parts['unit']}, {parts['holder']}"
    return bake_svg(_PICTURE.format(**{k: escape(v, {'"': "&quot;"}) for k, v in parts.items()}).encode(), badge.token)


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
