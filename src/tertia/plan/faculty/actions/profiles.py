"""Writing profiles of positions: functions of the catalogue, approval as a version."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import OFFICE, roles
from tertia.core.languages.text import Text
from tertia.core.records.actions import move
from tertia.core.records.models import Visibility
from tertia.core.records.slugs import free_slug
from tertia.plan.faculty.models import Profile, ProfileFunction, ProfileVersion
from tertia.plan.faculty.vocabulary import functions, positions

__all__ = ["approve_profile", "change_profile", "drop_function", "put_function", "retire_profile", "write_profile"]

KEEPS = roles(*OFFICE, of="profile.owner_id")
APPROVES = roles("office", "leader", of="profile.owner_id")


@action("faculty.write_profile", may=roles(*OFFICE, of="owner.pk"))
def write_profile(
    *, by: Any, owner: Any, position: str, title: Text, unit: Any = None, qualification: Text | None = None, summary: Text | None = None,
    demonstration: bool = False,
) -> Profile:  # fmt: skip
    """A profile for a position, of the whole university or of one faculty. There is one of each at a time."""
    faults = [] if position in positions() else [Fault("position", _("Choose the position."))]
    if not title:
        faults.append(Fault("title", _("Say how the profile is called.")))
    if Profile.objects.filter(owner=owner, position=position, unit=unit).exclude(state="retired").exists():
        faults.append(Fault("position", _("This position has a profile already. Change that one.")))
    if faults:
        raise BadInput(*faults)
    made = Profile(
        owner=owner, unit=unit, position=position, title=title, summary=summary or Text({}), qualification=qualification or Text({}),
        slug=free_slug(owner, "profile", title), author=by.person, visibility=Visibility.ORGANISATION, demonstration=demonstration or owner.demonstration,
    )  # fmt: skip
    made.save()
    return made


@action("faculty.change_profile", may=KEEPS, about="profile")
def change_profile(*, by: Any, profile: Profile, title: Text, qualification: Text, summary: Text) -> Profile:
    _in_force(profile)
    if not title:
        raise BadInput(Fault("title", _("Say how the profile is called.")))
    profile.title, profile.qualification, profile.summary = title, qualification, summary
    profile.save()
    return profile


@action("faculty.put_function", may=KEEPS, about="profile")
def put_function(*, by: Any, profile: Profile, function: str, words: Text) -> ProfileFunction:
    """Write a function into the profile, or change what it means there. The words say what whoever holds the position does."""
    _in_force(profile)
    faults = [] if function in functions() else [Fault("function", _("Choose a function of the catalogue."))]
    if not words:
        faults.append(Fault("words", _("Say what the function means in this position; a sentence that fits every position says nothing.")))
    if faults:
        raise BadInput(*faults)
    made, _new = ProfileFunction.objects.get_or_create(profile=profile, function=function, defaults={"words": words})
    if made.words != words:
        made.words = words
        made.save()
    return made


@action("faculty.drop_function", may=roles(*OFFICE, of="function.profile.owner_id"))
def drop_function(*, by: Any, function: ProfileFunction) -> Profile:
    profile = function.profile
    _in_force(profile)
    function.delete()
    return profile


def content_of(profile: Profile) -> dict[str, Any]:
    """What a version keeps of a profile."""
    return {
        "qualification": profile.qualification.stored(),
        "functions": [{"function": f.function, "words": f.words.stored()} for f in profile.functions.order_by("function")],
    }


@action("faculty.approve_profile", may=APPROVES, about="profile")
def approve_profile(*, by: Any, profile: Profile, on: dt.date, source: str) -> ProfileVersion:
    """Put the profile in force as it stands. `source`: the paper by which it was approved. Raises WrongState where nothing changed."""
    profile = lock(profile)
    _in_force(profile)
    if not source.strip():
        raise BadInput(Fault("source", _("Say by which paper it is approved: number and day of the order.")))
    last = profile.versions.first()
    content = content_of(profile)
    if last is not None and last.content == content:
        raise WrongState(profile, "unchanged", ("changed",))
    profile.visibility = Visibility.PUBLIC  # what a position is for may be read by everybody
    move(profile, "approved")
    if last is not None:
        last.ends_on = max(on - dt.timedelta(days=1), last.approved_on)
        last.save()
    made = ProfileVersion(
        profile=profile, number=last.number + 1 if last else 1, approved_on=on, source=source.strip()[:300], content=content,
        has_functions=bool(content["functions"]), by=by.person,
    )  # fmt: skip
    made.save()
    return made


@action("faculty.retire_profile", may=APPROVES, about="profile")
def retire_profile(*, by: Any, profile: Profile, on: dt.date) -> Profile:
    profile = lock(profile)
    move(profile, "retired")
    profile.ends_on = on
    profile.save()
    last = profile.versions.first()
    if last is not None:
        last.ends_on = max(on, last.approved_on)
        last.save()
    return profile


def _in_force(profile: Profile) -> None:
    if profile.state == "retired":
        raise WrongState(profile, profile.state, ("draft", "approved"))
