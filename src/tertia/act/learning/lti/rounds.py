"""Grades on their way to the platforms, outside of any transaction; and the sweeping of used messages."""

from __future__ import annotations

from tertia.act.learning.lti.actions import KEPT, note_pass_back, owe_pass_back, sweep_used
from tertia.act.learning.lti.messages import Endpoint, score
from tertia.act.learning.lti.platform import make_item, send_score
from tertia.act.learning.models import Reflection
from tertia.act.learning.platform_models import CourseLink, PassBack, PlatformUser
from tertia.act.learning.rubric import rubric
from tertia.core.actions.actor import Actor
from tertia.core.jobs.queue import enqueue, job
from tertia.core.jobs.rounds import declare_round
from tertia.core.messages.calls import CallFailed
from tertia.core.periods import clock

__all__ = ["MOST", "pass_back", "tell_platforms"]

#: the points that a rubric can give
MOST = sum(len(c.levels["en"]) - 1 for c in rubric().criteria)
BY = Actor.system("learning platform")


def tell_platforms(reflection: Reflection) -> None:
    """Within the action that changed it: put in the queue what each platform that shows the course is to be told."""
    assessment = getattr(reflection, "assessment", None)
    given = sum(assessment.levels.values()) if assessment else None
    known = PlatformUser.objects.filter(person=reflection.person_id).values("platform")
    for link in CourseLink.objects.filter(course=reflection.course_id, platform__in=known, platform__retired_at=None):
        if Endpoint(link.item, link.items, tuple(link.scopes)).takes_scores:
            owed = owe_pass_back(by=BY, link=link, reflection=reflection, given=given)
            enqueue("learning.pass_back", f"{owed.pk}:{owed.at.isoformat()}", owed=owed.pk)


@job("learning.pass_back", alone=True)
def pass_back(owed: int) -> str:
    """Tell the platform. Told twice it is the same: the time of what is told says which stands. Raises CallFailed, to be tried again."""
    found = PassBack.objects.select_related("link__platform", "link__course", "reflection__assessment").filter(pk=owed).first()
    if found is None or found.sent_at:
        return "told before"
    link, at = found.link, found.at
    user = (
        PlatformUser.objects.filter(platform=link.platform, person=found.reflection.person_id).exclude(subject=None).order_by("pk").first()
    )
    if user is None or link.course is None:
        return "nobody there"
    assessment = getattr(found.reflection, "assessment", None)
    told = score(user.subject or "", given=found.given, most=MOST, words=assessment.words if assessment else "", at=at)
    try:
        item = link.item or make_item(link, link.course.title.read("en").text, f"course-{link.course.slug}", MOST)
        send_score(link, item, told)
    except CallFailed as error:
        note_pass_back(by=BY, owed=found, at=at, fault=str(error))
        raise
    note_pass_back(by=BY, owed=found, at=at, item=item)
    return "told"


@declare_round("learning.sweep_used", every="day")
def sweep() -> int:
    return sweep_used(by=BY, before=clock.now() - KEPT)
