"""What every record's page shows beside its own content: the thread, the gaps, what it may grow into, what happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tertia.core.languages.templatetags.languages import plain
from tertia.core.panels.declare import panels_at
from tertia.core.periods import clock
from tertia.core.records.event_words import event_words
from tertia.core.records.models import Record
from tertia.core.records.picture import Picture, draw
from tertia.core.records.queries import events_about, growths_of, joined_with
from tertia.core.records.schema import as_script, schema_of
from tertia.core.records.story import StoryLine, story_lines
from tertia.core.records.thread import Thread, thread_of

__all__ = ["record_context"]

MOST_TOLD = 60


@dataclass(frozen=True)
class Told:
    """An event as the page tells it."""

    at: Any
    words: Any
    who: str


def record_context(request: Any, record: Record, **more: Any) -> dict[str, Any]:
    """The context of a record's page. A constant number of queries, however long the chain is."""
    thread = thread_of(record, request.actor, today=clock.today())
    return {
        "record": record,
        "stage": record.declared.stage,
        "thread": thread,
        "picture": picture_of(thread),
        "story": told_story(thread),
        "events": told_events(record, request.actor),
        "growths": growths_of(record, request.actor),
        "works_here": request.actor.has(record.owner_id, "editor", "office", "leader", "administrator"),
        "today": clock.today(),
        "panels": panels_at("record", request, record),
        "facts_panels": panels_at("record-facts", request, record),
        "joined": joined_with(record, request.actor),
        "schema_script": as_script(schema_of(record)),
        **more,
    }


def picture_of(thread: Thread) -> Picture:
    return draw(thread)


def told_story(thread: Thread) -> list[StoryLine]:
    return story_lines(thread)[:MOST_TOLD]


def told_events(record: Record, actor: Any) -> list[Told]:
    """Offices and bodies by name; a private person is named to those who work for the owner, and to nobody else."""
    inside = actor.is_system or actor.has(record.owner_id, "editor", "office", "leader", "administrator")
    found = []
    for event in events_about(record):
        if event.person_id:
            who = event.person.name if inside and event.person else plain(event.organisation.name) if event.organisation else ""
        elif event.pass_used_id:
            body = event.pass_used.organisation if event.pass_used else None
            who = plain(body.name) if body else event.actor
        else:
            who = "Tertia"
        found.append(Told(event.at, event_words(event.action), who))
    return found
