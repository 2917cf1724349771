"""Who learned: a list comes in, hashes stay, names go."""

from __future__ import annotations

import datetime as dt
import hmac
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tertia.act.activities.actions.writing import MAY_CHANGE
from tertia.act.activities.learners import LearnerLine, LineFault, read_learners
from tertia.act.activities.models import Activity, Learner
from tertia.core.access.secrets import derived_key
from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault

__all__ = ["write_learners"]

COURSES = ("course", "silver")
MOST = 5_000


def _mark(owner_id: int, identity: str) -> str:
    """Another one in each university, so that nobody is followed from one to another; without the secret nobody is guessed."""
    return hmac.digest(derived_key("learner"), f"{owner_id}|{identity}".encode(), "sha256").hex()[:24]


def _sentence(fault: LineFault) -> str:
    said = {"line": fault.line, "said": fault.said[:60]}
    return {
        "year": _("Line %(line)d: “%(said)s” is no year of birth."), "days": _("Line %(line)d: “%(said)s” are no days of this course."),
        "identity": _("Line %(line)d: write an e-mail, a telephone, or a name with the year of birth."), "twice": _("Line %(line)d: “%(said)s” stands in the list twice."),
    }[fault.code] % said  # fmt: skip


@action("activities.write_learners", may=MAY_CHANGE, about="activity")
def write_learners(*, by: Any, activity: Activity, words: str, course_days: Decimal, on: dt.date) -> int:
    """The list of a course, in place of the one before. Of each learner a keyed hash is kept; what was written goes with the request."""
    activity = lock(activity)
    if activity.engagement not in COURSES:
        raise BadInput(Fault("words", _("Learners are counted at courses. Say first that this is one, under “Change it”.")))
    if course_days <= 0:
        raise BadInput(Fault("course_days", _("A course has at least half a day.")))
    read = list(read_learners(words, activity.starts_on or on, course_days))
    if faults := [Fault("words", _sentence(f)) for f in read if isinstance(f, LineFault)]:
        raise BadInput(*faults[:20])
    rows = [r for r in read if isinstance(r, LearnerLine)]
    if len(rows) > MOST:
        raise BadInput(Fault("words", _("At most %(n)d learners at once.") % {"n": MOST}))
    Learner.objects.filter(activity=activity).delete()
    Learner.objects.bulk_create(
        [Learner(activity=activity, mark=_mark(activity.owner_id, r.identity), half=r.days * 2 >= course_days, older=r.older, own_staff=r.own_staff) for r in rows], batch_size=500
    )  # fmt: skip
    activity.learner_days = sum((r.days for r in rows), Decimal(0))
    activity.save()
    return len(rows)
