"""What a body did with a study: stated here, true when that body has said so, by its account or by a link without one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tertia.core.access.actions import issue_pass, use_pass
from tertia.core.access.links import pass_url
from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import WORKERS, holder, one_of, roles
from tertia.core.languages.text import Text
from tertia.core.messages.outbox import write_letter
from tertia.core.records.models import Record
from tertia.listen.research.models import Study, StudyUse

__all__ = ["MAY_ANSWER_USE", "answer_use", "state_use"]

SPEAKS = ("office", "leader", "partner", "editor")


@action("research.state_use", may=one_of(roles(*WORKERS, of="study.owner_id"), roles(*SPEAKS, of="body.pk")), about="study")
def state_use(
    *, by: Any, study: Study, body: Any, kind: str, words: Text, document: str, on: dt.date, today: dt.date, address: str = "", amount: Decimal | None = None,
    decision: Record | None = None,
) -> StudyUse:  # fmt: skip
    """A document of the body names the study. Whoever speaks for the body confirms by stating it; else the body is asked by a letter."""
    faults = [Fault("words", _("Say what was done."))] if not words else []
    if kind not in StudyUse.Kind.values:
        faults.append(Fault("kind", _("Choose what it is from the list.")))
    if not document.strip():
        faults.append(Fault("document", _("Name the document that names the study: number, day, title. A letter of thanks is none.")))
    if on > today:
        faults.append(Fault("on", _("The day of the document is still to come.")))
    if body.hosts and body.pk == study.owner_id:
        faults.append(Fault("body", _("The use is confirmed by the other side; choose who used it.")))
    if amount is not None and amount <= 0:
        faults.append(Fault("amount", _("A sum is more than zero; leave it empty where there is none.")))
    if faults:
        raise BadInput(*faults)
    require_state(study, "running", "finished")
    own_word = by.has(body.pk, *SPEAKS)
    made = StudyUse(
        study=study, body=body, kind=kind, words=words, document=document.strip()[:300], address=address, on=on, amount=amount, decision=decision, asked_on=today,
        state="confirmed" if own_word else "asked", answered_on=today if own_word else None,
    )  # fmt: skip
    made.save()
    if not own_word:
        _ask(made)
    return made


def _ask(use: StudyUse) -> None:
    """Inside an action: the body is asked by a link that needs no account."""
    study, body = use.study, use.body
    held = issue_pass(
        by=Actor.system("research"), purpose="research.use", issued_by=study.owner, subject_id=use.pk, record=study, organisation=body, sent_to=body.email,
        language=body.letter_language,
    )  # fmt: skip
    write_letter(
        key=f"research.use:{use.pk}:{held.pk}", to=body, organisation=study.owner, record=study,
        subject=gettext_noop("Did you use this study: %(title)s"),
        body=gettext_noop("%(owner)s states that you did: %(words)s (%(document)s). Please say whether that is so; no account is needed:\n%(url)s"),
        values=lambda language: {
            "title": study.title.read(language).text, "owner": study.owner.name.read(language).text, "words": use.words.read(language).text, "document": use.document,
            "url": pass_url(held),
        },
    )  # fmt: skip


MAY_ANSWER_USE = one_of(holder("research.use", of="use"), roles(*SPEAKS, of="use.body_id"))


@action("research.answer_use", may=MAY_ANSWER_USE, about="use")
def answer_use(*, by: Any, use: StudyUse, so: bool, on: dt.date, words: Text | None = None) -> StudyUse:
    """The body says yes or no, in its own words. A no stays readable beside the statement."""
    if not so and not words:
        raise BadInput(Fault("words", _("Say what is not so.")))
    use_pass(by)
    use = lock(use)
    require_state(use, "asked")
    use.state, use.answered_on, use.body_words = "confirmed" if so else "denied", on, words or Text({})
    use.save()
    return use
