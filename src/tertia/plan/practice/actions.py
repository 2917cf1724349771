"""Putting a practice into the library, saying whether it fits, following it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import WORKERS, roles
from tertia.core.languages.text import Text
from tertia.core.records.actions import join, move
from tertia.core.records.models import Record, Visibility
from tertia.core.records.slugs import free_slug
from tertia.plan.practice.models import Fit, Practice

__all__ = ["follow_practice", "judge_practice", "keep_practice", "withdraw_practice"]


@action("practice.keep", may=roles(*WORKERS, of="owner.pk"))
def keep_practice(
    *, by: Any, owner: Any, title: Text, summary: Text, who: str, country: str, came_of_it: Text, evidence_url: str, evidence_words: str, licence: str,
    starts_on: dt.date | None = None, demonstration: bool = False,
) -> Practice:  # fmt: skip
    """Experience of others. Without evidence and licence it is hearsay and is not kept."""
    faults = [
        Fault(name, sentence)
        for name, value, sentence in (
            ("title", title, _("Say in one sentence what was done.")), ("who", who.strip(), _("Say who did it.")),
            ("evidence_url", evidence_url, _("Name the address where it is shown.")), ("evidence_words", evidence_words.strip(), _("Name the document: author, title, year.")),
            ("licence", licence.strip(), _("Say under which licence the source stands, or that only its facts are retold.")),
        )
        if not value
    ]  # fmt: skip
    if faults:
        raise BadInput(*faults)
    made = Practice(
        owner=owner, title=title, summary=summary, who=who.strip()[:200], country=country.upper()[:2], came_of_it=came_of_it, evidence_url=evidence_url,
        evidence_words=evidence_words.strip()[:300], licence=licence.strip()[:100], starts_on=starts_on, slug=free_slug(owner, "practice", title),
        visibility=Visibility.PUBLIC, author=by.person, demonstration=demonstration,
    )  # fmt: skip
    made.save()
    return made


@action("practice.judge", may=roles(*WORKERS, of="organisation.pk"), about="practice")
def judge_practice(*, by: Any, practice: Practice, organisation: Any, verdict: str, reason: Text, on: dt.date) -> Practice:
    """Whether it fits us, and why. One's own word may be changed; others' words stand beside it."""
    faults = [Fault("verdict", _("Choose one of the three answers."))] if verdict not in Fit.Verdict.values else []
    faults += [Fault("reason", _("Say why; that is what helps others."))] if not reason else []
    if faults:
        raise BadInput(*faults)
    row = Fit.objects.filter(practice=practice, person=by.person).first() or Fit(practice=practice, person=by.person)
    row.organisation, row.verdict, row.reason, row.on = organisation, verdict, reason, on
    row.save()
    return practice


@action("practice.follow", may=roles(*WORKERS, of="measure.owner_id"), about="measure")
def follow_practice(*, by: Any, measure: Record, practice: Practice) -> Record:
    """A measure follows this example; both pages say so."""
    join(measure, "after", practice)
    return measure


@action("practice.withdraw", may=roles(*WORKERS, of="practice.owner_id"), about="practice")
def withdraw_practice(*, by: Any, practice: Practice) -> Practice:
    practice = lock(practice)
    move(practice, "withdrawn")
    return practice
