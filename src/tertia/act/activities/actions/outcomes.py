"""What came of it: outcomes with evidence, evaluation, pictures with consent."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from tertia.act.activities.actions.writing import MAY_CHANGE
from tertia.act.activities.models import Activity, Photo, SocialOutcome
from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import WORKERS, itself, one_of, roles
from tertia.core.files.store import Taken, store
from tertia.core.languages.text import Text
from tertia.core.records.models import Record

__all__ = ["add_photo", "confirm_outcome", "evaluate", "remove_photo", "write_outcome"]

MOST_PHOTOS = 12


@action(
    "activities.write_outcome", may=one_of(roles(*WORKERS, of="record.owner_id"), itself("record.author_id"), itself("record.responsible_id")), about="record"
)  # fmt: skip
def write_outcome(
    *, by: Any, record: Record, what: Text, how_seen: Text, on: dt.date, evidence_url: str = "", taken: Any = None, file_name: str = ""
) -> SocialOutcome:
    """What is different now, and how that is seen. Without a way to see it, it is a hope and is not kept."""
    faults = [Fault("what", _("Say what is different now."))] if not what else []
    faults += [Fault("how_seen", _("Say how that is seen: a count, a document, somebody's words."))] if not how_seen else []
    if faults:
        raise BadInput(*faults)
    file = store(taken, name=file_name, owner=record.owner, record=record) if taken is not None else None
    made = SocialOutcome(record=record, what=what, how_seen=how_seen, on=on, evidence_url=evidence_url, evidence=file)
    made.save()
    return made


@action("activities.confirm_outcome", may=roles("office", "leader", "partner", of="organisation.pk"), about="outcome")
def confirm_outcome(*, by: Any, outcome: SocialOutcome, organisation: Any, on: dt.date) -> SocialOutcome:
    """Somebody besides the university says that it is so."""
    outcome = lock(outcome)
    if outcome.confirmed_by_id is not None:
        raise WrongState(outcome, "confirmed", ("open",))
    if organisation.pk == outcome.record.owner_id or organisation.parent_id == outcome.record.owner_id:
        raise BadInput(Fault("organisation", _("The university cannot confirm its own outcome.")))
    outcome.confirmed_by, outcome.confirmed_on = organisation, on
    outcome.save()
    return outcome


@action("activities.evaluate", may=MAY_CHANGE, about="activity")
def evaluate(*, by: Any, activity: Activity, words: Text) -> Activity:
    """What worked and what the next one should do otherwise."""
    if not words:
        raise BadInput(Fault("words", _("Write at least one sentence.")))
    activity = lock(activity)
    activity.evaluation = words
    activity.save()
    return activity


@action("activities.add_photo", may=MAY_CHANGE, about="activity")
def add_photo(*, by: Any, activity: Activity, taken: Taken, file_name: str, words: Text, consent: str, on: dt.date) -> Photo:
    """A picture with its description and what was agreed. Without either it is not kept."""
    faults = [] if taken.media_type.startswith("image/") else [Fault("file", _("Choose a picture: JPEG, PNG or WebP."))]
    faults += [Fault("words", _("Say in words what is to be seen; who does not see it reads that."))] if not words else []
    faults += [Fault("consent", _("Say what those agreed to who can be recognised."))] if consent not in Photo.Consent.values else []
    if activity.photos.count() >= MOST_PHOTOS:
        faults.append(Fault("file", _("There are %(n)d pictures already. Take one away first.") % {"n": MOST_PHOTOS}))
    if faults:
        raise BadInput(*faults)
    file = store(taken, name=file_name, owner=activity.owner, record=activity)
    file.alternative = str(words)[:300]
    file.save()
    made = Photo(activity=activity, file=file, words=words, consent=consent, on=on)
    made.save()
    return made


@action("activities.remove_photo", may=MAY_CHANGE, about="activity")
def remove_photo(*, by: Any, activity: Activity, photo: Photo) -> Activity:
    """Somebody on it changed his mind, or it was the wrong one: it goes at once."""
    file = photo.file
    photo.delete()
    file.delete()
    return activity
