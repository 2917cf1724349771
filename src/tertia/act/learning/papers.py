"""Papers by attested work: the supplement to a transcript, the letter of thanks, the whole record. Nobody is ranked in any of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tertia.act.learning.book import award_words, signed_table
from tertia.act.learning.models import Award, Badge, Feedback, Outcome, Reflection
from tertia.act.learning.queries import signed_hours
from tertia.core.files.pdf import QR, Block, Heading, Para, Table, render_pdf
from tertia.core.languages.formatting import long_date, number
from tertia.core.parties.models import Person
from tertia.core.periods import clock

__all__ = ["PAPERS", "paper_pdf", "record_pdf"]

#: hosts that a letter of thanks names
MOST_HOSTS = 6


def paper_pdf(badge: Badge, what: str, language: str) -> bytes:
    """A paper of PAPERS for the holder of a badge, in a language. Raises KeyError."""
    with translation.override(language):
        title, blocks = PAPERS[what](badge, language)
        owner, name = badge.owner, badge.owner.name.read(language).text
        head: list[Block] = [Para(name)]
        if owner.demonstration:
            head.append(Para(_("Demonstration data"), mark=True))
        address = settings.BASE_URL + reverse("badge", kwargs={"uuid": badge.uuid})
        words = _("On this page anybody sees whether the badge behind this paper is genuine. It is signed by the university and can be verified without this server too.")  # fmt: skip
        day = long_date(clock.today(), language)
        return render_pdf(
            [*head, Heading(title), *blocks, QR(address, words)], title=f"{title}: {badge.holder}", language=language, running=f"{name} · {title}",
            foot=_("Issued on %(day)s") % {"day": day},
        )  # fmt: skip


def _supplement(badge: Badge, language: str) -> tuple[str, list[Block]]:
    """Course or service, hours, credits, by which rate, which outcomes."""
    rows = list(
        Award.objects.filter(person=badge.person, owner=badge.owner, taken_back_at=None).select_related("course").order_by("on", "pk")
    )
    outcomes: dict[int, list[str]] = {}
    for course, code, words in Outcome.objects.filter(course__in=[a.course_id for a in rows], third_mission=True, withdrawn=False).values_list("course", "code", "words"):  # fmt: skip
        outcomes.setdefault(course, []).append(f"{code} {words.read(language).text}")
    lines = [[award_words(a, language), number(a.hours, language), number(a.credits, language), _rate(a, language), long_date(a.on, language)] for a in rows]  # fmt: skip
    blocks: list[Block] = [Para(badge.holder, strong=True)]
    if lines:
        head = [_("Course or service"), _("Hours"), _("Credits"), _("Rate"), _("Day")]
        blocks.append(Table(head, lines, right=(1, 2), widths=["1fr", "18mm", "18mm", "42mm", "34mm"]))
    else:
        blocks.append(Para(_("No credits are awarded for service.")))
    for award in rows:
        if award.course_id in outcomes:
            blocks += [Heading(award_words(award, language), 2), *(Para(words) for words in outcomes.pop(award.course_id))]
    signed = sum((r.counted for r in signed_hours(badge.person).filter(sheet__owner=badge.owner)), Decimal(0))
    used = sum((a.hours for a in rows), Decimal(0))
    said = _("Of %(signed)s hours that hosts have signed, %(used)s stand behind these credits. No hour counts twice.")
    blocks.append(Para(said % {"signed": number(signed, language), "used": number(used, language)}))
    return _("Supplement to the transcript: service to society"), blocks


def _rate(award: Award, language: str) -> str:
    """The rule as it was applied: so many hours a credit, or the step of the national scheme."""
    if award.rule.get("steps"):
        return _("%(hours)s h for %(credits)s credits") % {
            "hours": number(award.hours, language),
            "credits": number(award.credits, language),
        }
    return _("%(hours)s h a credit") % {"hours": award.rule.get("hours_per_credit", "")}


def _thanks(badge: Badge, language: str) -> tuple[str, list[Block]]:
    """What was done, with whom, how long; words of thanks; nothing of others."""
    rows = list(signed_hours(badge.person).filter(sheet__owner=badge.owner).select_related("sheet__signed_by"))
    hosts: dict[str, Decimal] = {}
    for row in rows:
        host = row.sheet.signed_by or row.sheet.activity.host
        if host is not None:
            name = host.name.read(language).text
            hosts[name] = hosts.get(name, Decimal(0)) + row.counted
    total = sum((r.counted for r in rows), Decimal(0))
    since, until = (rows[0].sheet.starts_on, rows[-1].sheet.starts_on) if rows else (clock.today(), clock.today())
    said = ngettext(
        "%(university)s thanks you. Between %(since)s and %(until)s you gave %(hours)s hours of your time to others, in %(n)d undertaking; each hour is signed by those with whom you were.",
        "%(university)s thanks you. Between %(since)s and %(until)s you gave %(hours)s hours of your time to others, in %(n)d undertakings; each hour is signed by those with whom you were.",
        len(rows),
    ) % {
        "university": badge.owner.name.read(language).text, "since": long_date(since, language), "until": long_date(until, language),
        "hours": number(total, language), "n": len(rows),
    }  # fmt: skip
    first = sorted(hosts.items(), key=lambda pair: pair[0])
    blocks: list[Block] = [Para(badge.holder, strong=True), Para(said)]
    if first:
        table = [[name, number(hours, language)] for name, hours in first[:MOST_HOSTS]]
        blocks.append(Table([_("With whom"), _("Hours")], table, right=(1,), widths=["1fr", "24mm"]))
    if len(first) > MOST_HOSTS:
        blocks.append(Para(_("and others"), small=True))
    blocks.append(Para(_("This letter compares nobody with anybody.")))
    return _("Letter of thanks"), blocks


PAPERS: dict[str, Any] = {"supplement": _supplement, "thanks": _thanks}


def record_pdf(person: Person, language: str) -> bytes:
    """Everything on record of a person's service, for himself: hours, credits, reflections with what was said of them, badges."""
    with translation.override(language):
        title = _("My service")
        rows = list(signed_hours(person).select_related("sheet__signed_by"))
        total = sum((r.counted for r in rows), Decimal(0))
        blocks: list[Block] = [Heading(title), Para(person.name, strong=True)]
        if person.demonstration:
            blocks.insert(0, Para(_("Demonstration data"), mark=True))
        blocks.append(Para(_("%(hours)s hours of voluntary work, signed by the hosts.") % {"hours": number(total, language)}))
        if rows:
            blocks.append(signed_table(rows, language))
        blocks += _credits(person, language) + _reflections(person, language) + _badges(person, language)
        return render_pdf(
            blocks, title=f"{title}: {person.name}", language=language, running=title, foot=long_date(clock.today(), language)
        )


def _credits(person: Person, language: str) -> list[Block]:
    rows = Award.objects.filter(person=person).select_related("course")
    lines = [
        [award_words(a, language), number(a.hours, language), number(a.credits, language), long_date(a.on, language), a.reason if a.taken_back_at else ""]
        for a in rows
    ]  # fmt: skip
    head = [_("Course or service"), _("Hours"), _("Credits"), _("Day"), _("Taken back")]
    return [Heading(_("Credits"), 2), Table(head, lines, right=(1, 2), widths=["1fr", "18mm", "18mm", "34mm", "34mm"])] if lines else []


def _reflections(person: Person, language: str) -> list[Block]:
    blocks: list[Block] = []
    said: dict[int, list[Feedback]] = {}
    for word in Feedback.objects.filter(reflection__person=person).select_related("by_host", "person"):
        said.setdefault(word.reflection_id, []).append(word)
    for one in Reflection.objects.filter(person=person).select_related("course", "assessment"):
        blocks += [Heading(one.course.title.read(language).text, 3), *_paragraphs(one.words)]
        for word in said.get(one.pk, []):
            who = word.by_host.name.read(language).text if word.by_host else (word.person.name if word.person else "")
            blocks.append(Para(f"{who}: {word.words}", small=True))
        assessment = getattr(one, "assessment", None)
        if assessment is not None and assessment.words:
            blocks.append(Para(assessment.words, small=True))
    return [Heading(_("Reflections"), 2), *blocks] if blocks else []


def _paragraphs(words: str) -> Sequence[Block]:
    return [Para(part.strip()) for part in words.split("\n") if part.strip()]


def _badges(person: Person, language: str) -> list[Block]:
    rows = Badge.objects.filter(person=person)
    lines = [
        [long_date(timezone.localdate(b.issued_at), language), number(b.hours, language), settings.BASE_URL + reverse("badge", kwargs={"uuid": b.uuid})]
        for b in rows
    ]  # fmt: skip
    head = [_("Issued"), _("Hours"), _("Address")]
    return [Heading(_("Badges"), 2), Table(head, lines, right=(1,), widths=["36mm", "18mm", "1fr"])] if lines else []
