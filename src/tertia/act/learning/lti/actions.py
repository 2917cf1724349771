"""Registering platforms, noting launches, showing courses in their links, taking grades back: every write."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from tertia.act.learning.lti.messages import Launch, LtiRefused
from tertia.act.learning.models import Course, Reflection
from tertia.act.learning.platform_models import CourseLink, LearningPlatform, PassBack, PlatformUser, UsedMessage
from tertia.act.learning.queries import teaches
from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault, NotAllowed
from tertia.core.actions.policies import roles, signed_in, system
from tertia.core.messages.calls import refusal_of
from tertia.core.periods import clock

__all__ = ["add_platform", "connect_user", "note_launch", "note_pass_back", "owe_pass_back", "retire_platform", "show_course", "sweep_used"]

#: a used message is kept for so long; it is refused as too old far earlier
KEPT = dt.timedelta(days=1)


@action("learning.add_platform", may=roles("administrator", of="owner.pk"))
def add_platform(
    *, by: Any, owner: Any, title: str, issuer: str, client_id: str, deployments: list[str], auth_url: str, token_url: str, keys_url: str
) -> LearningPlatform:
    """Make a platform known. The addresses that this server will call must lead to the open web. Raises BadInput."""
    faults = [
        Fault(name, _inner(reason)) for name, url in (("token_url", token_url), ("keys_url", keys_url)) if (reason := refusal_of(url))
    ]
    if LearningPlatform.objects.filter(issuer=issuer, client_id=client_id).exists():
        faults.append(Fault("client_id", _("This platform is registered already.")))
    if not deployments:
        faults.append(Fault("deployments", _("Name at least one deployment; the platform shows its id beside the client id.")))
    if faults:
        raise BadInput(*faults)
    made = LearningPlatform(
        owner=owner, title=title, issuer=issuer, client_id=client_id, deployments=deployments, auth_url=auth_url, token_url=token_url, keys_url=keys_url
    )  # fmt: skip
    made.save()
    return made


def _inner(reason: str) -> str:
    return {
        "scheme": _("The address has to begin with https://."),
        "host": _("There is no server of this name. Check the address."),
        "inner": _("This address lies inside a closed network and is not called from here. Ask who runs this installation to allow it."),
    }[reason]


@action("learning.retire_platform", may=roles("administrator", of="platform.owner_id"), about="platform")
def retire_platform(*, by: Any, platform: LearningPlatform) -> LearningPlatform:
    """Nothing from this platform is acted upon any more; what it brought stays."""
    platform = lock(platform)
    platform.retired_at = platform.retired_at or clock.now()
    platform.save()
    return platform


@action("learning.note_launch", may=system, about="platform")
def note_launch(*, by: Any, platform: LearningPlatform, launch: Launch, person: Any) -> CourseLink | None:
    """Keep that this message was used, who came, and where the link's grades go. The same message again raises LtiRefused (used)."""
    platform = lock(platform)
    if UsedMessage.objects.filter(platform=platform, nonce=launch.nonce).exists():
        raise LtiRefused("used")
    UsedMessage(platform=platform, nonce=launch.nonce, at=clock.now()).save()
    if person is not None and not PlatformUser.objects.filter(platform=platform, subject=launch.subject).exists():
        PlatformUser(platform=platform, subject=launch.subject, person=person).save()
    if launch.kind != "resource":
        return None
    where = {"platform": platform, "deployment": launch.deployment, "link": launch.link}
    link = CourseLink.objects.filter(**where).first() or CourseLink(**where)
    before = (link.pk, link.course_id, link.item, link.items, link.scopes, link.title)
    named = launch.custom.get("course", "")
    if link.course_id is None and named:
        link.course = Course.objects.filter(owner=platform.owner_id, slug=named).first()
    grades, title = launch.grades, launch.link_title or launch.context
    link.item, link.items, link.scopes, link.title = grades.item or link.item, grades.items, list(grades.scopes), title
    if link.pk is None or before != (link.pk, link.course_id, link.item, link.items, link.scopes, link.title):
        link.save()
    return link


@action("learning.connect_user", may=signed_in)
def connect_user(*, by: Any, platform: LearningPlatform, subject: str) -> PlatformUser:
    """Whoever signed in says that this user of the platform is himself."""
    there = PlatformUser.objects.filter(platform=platform, subject=subject).first()
    if there is not None and there.person_id != by.person_id:
        raise BadInput(Fault("subject", _("Somebody else is connected with this user of the learning platform. Ask the office.")))
    if there is None:
        there = PlatformUser(platform=platform, subject=subject, person=by.person)
        there.save()
    return there


@action("learning.show_course", may=signed_in, about="course")
def show_course(*, by: Any, link: CourseLink, course: Course) -> CourseLink:
    """Say which course a link of the platform shows. For whoever teaches it."""
    if not teaches(by, course) or course.owner_id != link.platform.owner_id:
        raise NotAllowed("learning.show_course")
    link = lock(link)
    link.course = course
    link.save()
    return link


@action("learning.owe_pass_back", may=system, about="link")
def owe_pass_back(*, by: Any, link: CourseLink, reflection: Reflection, given: int | None) -> PassBack:
    """Note what the platform is to be told of a reflection; what it was told before is taken the place of."""
    owed = PassBack.objects.filter(link=link, reflection=reflection).first() or PassBack(link=link, reflection=reflection)
    owed.given, owed.at, owed.sent_at, owed.fault = given, clock.now(), None, ""
    owed.save()
    return owed


@action("learning.note_pass_back", may=system, about="owed")
def note_pass_back(*, by: Any, owed: PassBack, at: dt.datetime, item: str = "", fault: str = "") -> PassBack:
    """Note that the platform took it, or why not. Nothing is noted where something newer is owed by now."""
    owed = lock(owed)
    if item and owed.link.item != item:
        link = lock(owed.link)
        link.item = item
        link.save()
    if owed.at != at:
        return owed
    owed.sent_at, owed.fault = (None, fault[:300]) if fault else (clock.now(), "")
    owed.save()
    return owed


@action("learning.sweep_used", may=system, traceless=True)
def sweep_used(*, by: Any, before: dt.datetime) -> int:
    """Forget used messages that are too old to be acted upon anyway."""
    count, _rows = UsedMessage.objects.filter(at__lt=before).delete()
    return count
