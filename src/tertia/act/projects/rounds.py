"""What comes back by itself: those concerned are asked again."""

from __future__ import annotations

from tertia.act.projects.actions import ask_again
from tertia.act.projects.models import Project
from tertia.core.actions.actor import Actor
from tertia.core.jobs.rounds import declare_round
from tertia.core.periods import clock

__all__ = ["again"]


@declare_round("projects.again", every="day")
def again() -> int:
    today = clock.today()
    rows = list(Project.objects.filter(state="confirmed", again_on__lte=today))
    for project in rows:
        ask_again(by=Actor.system("projects"), project=project, on=today)
    return len(rows)
