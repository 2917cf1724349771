"""Writing a self-evaluation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import OFFICE, roles
from tertia.core.languages.text import Text
from tertia.core.records.actions import move
from tertia.core.records.models import Record, Visibility
from tertia.core.records.slugs import free_slug
from tertia.tell.accreditation.models import Criterion, Evidence, SelfEvaluation
from tertia.tell.accreditation.standards import Asked

__all__ = ["add_evidence", "begin_evaluation", "drop_evidence", "hand_in", "reopen", "write_criterion"]


@action("accreditation.begin", may=roles(*OFFICE, of="owner.pk"))
def begin_evaluation(
    *, by: Any, owner: Any, title: Text, agency: str, criteria: Sequence[Asked], source: str = "", due_on: dt.date | None = None,
    demonstration: bool = False,
) -> SelfEvaluation:  # fmt: skip
    """A self-evaluation with the criteria that it has to answer. It is the office's own until it is handed in."""
    faults = []
    if not title:
        faults.append(Fault("title", _("Say what is accredited.")))
    if not agency.strip():
        faults.append(Fault("agency", _("Name the agency.")))
    if not criteria:
        faults.append(Fault("criteria", _("There is no criterion yet: choose a standard or paste a list.")))
    if faults:
        raise BadInput(*faults)
    made = SelfEvaluation(
        owner=owner, title=title, slug=free_slug(owner, "self-evaluation", title), agency=agency.strip()[:200], source=source[:500], due_on=due_on,
        visibility=Visibility.OFFICE, author=by.person, responsible=by.person, demonstration=demonstration,
    )  # fmt: skip
    made.save()
    for place, asked in enumerate(criteria, start=1):
        Criterion(evaluation=made, place=place, number=asked.number[:20], words=Text.of(**asked.words)).save()
    return made


@action("accreditation.write", may=roles(*OFFICE, of="criterion.evaluation.owner_id"), about="criterion.evaluation")
def write_criterion(*, by: Any, criterion: Criterion, text: Text, on: dt.date) -> Criterion:
    """What the university says to a criterion; `on` is told beside it."""
    require_state(lock(criterion.evaluation), "written")
    criterion = lock(criterion)
    criterion.text, criterion.written_on = criterion.text.revise(text), on if text else None
    criterion.save()
    return criterion


@action("accreditation.add_evidence", may=roles(*OFFICE, of="criterion.evaluation.owner_id"), about="criterion.evaluation")
def add_evidence(*, by: Any, criterion: Criterion, record: Record | None = None, words: str = "", on: dt.date | None = None) -> Evidence:
    """A record that the writer may see, or a document in words with its day. The same record twice is one."""
    require_state(lock(criterion.evaluation), "written")
    if record is not None and not Record.objects.visible_to(by).filter(pk=record.pk).exists():
        raise BadInput(Fault("record", _("There is no such record here that you may see. Copy its address from its page.")))
    if record is None and not words.strip():
        raise BadInput(Fault("record", _("Name a record by its address, or the document in words.")))
    if record is None and on is None:
        raise BadInput(Fault("on", _("Say of which day the document is.")))
    there = Evidence.objects.filter(criterion=criterion, record=record).first() if record else None
    made = there or Evidence(evaluation=criterion.evaluation, criterion=criterion, record=record)
    made.words, made.on = words.strip()[:500], on or (record.starts_on if record else None)
    made.save()
    return made


@action("accreditation.drop_evidence", may=roles(*OFFICE, of="evidence.evaluation.owner_id"), about="evidence.evaluation")
def drop_evidence(*, by: Any, evidence: Evidence) -> Criterion:
    require_state(lock(evidence.evaluation), "written")
    criterion = evidence.criterion
    evidence.delete()
    return criterion


@action("accreditation.hand_in", may=roles("office", "leader", of="evaluation.owner_id"), about="evaluation")
def hand_in(*, by: Any, evaluation: SelfEvaluation, on: dt.date) -> SelfEvaluation:
    """It went to the agency: what stands in it is not changed any more. Refused while a criterion has no text or no evidence."""
    evaluation = lock(evaluation)
    lacking = [c.number for c in evaluation.criteria.prefetch_related("evidence") if not c.text or not c.evidence.all()]
    if lacking:
        raise BadInput(Fault("criteria", _("Without text or evidence so far: %(numbers)s.") % {"numbers": ", ".join(lacking[:40])}))
    evaluation.handed_in_on = on
    evaluation.save()
    move(evaluation, "handed-in")
    return evaluation


@action("accreditation.reopen", may=roles("office", "leader", of="evaluation.owner_id"), about="evaluation")
def reopen(*, by: Any, evaluation: SelfEvaluation) -> SelfEvaluation:
    """The agency asks for more."""
    evaluation = lock(evaluation)
    evaluation.handed_in_on = None
    evaluation.save()
    move(evaluation, "written")
    return evaluation
