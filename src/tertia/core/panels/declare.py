"""Panels: what an app shows on pages that belong to no app (home, a stage, Today), declared by the app itself.

So the shell shows all stages without importing one of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

__all__ = ["PANELS", "STAGE_LINKS", "Panel", "StageLink", "declare_panel", "declare_stage_link", "panels_at", "stage_links"]


@dataclass(frozen=True)
class Panel:
    """A piece of a page. `context` returns the template's context, or None where there is nothing to show."""

    #: home-lead, home, home-side, today, today-side, stage-NAME; about a thing: record, record-facts, organisation, organisation-side
    place: str
    order: int
    template: str
    #: what it shows, from the request and, where the place is about a thing, that thing
    context: Callable[..., dict[str, Any] | None]


@dataclass(frozen=True)
class StageLink:
    """An app's page at the head of its stage, with a line that says what is there today."""

    stage: str
    order: int
    page: str
    label: Any
    line: Callable[[Any], str] | None = None


@dataclass(frozen=True)
class Shown:
    """A panel with what it shows now."""

    template: str
    values: dict[str, Any]


PANELS: list[Panel] = []
STAGE_LINKS: list[StageLink] = []


def declare_panel(panel: Panel) -> None:
    PANELS.append(panel)


def declare_stage_link(link: StageLink) -> None:
    STAGE_LINKS.append(link)


def panels_at(place: str, request: Any, *about: Any) -> list[Shown]:
    """The panels of a place that have something to show, in their order; `about`: the record or the organisation of the page."""
    found = sorted((p for p in PANELS if p.place == place), key=lambda p: p.order)
    return [Shown(p.template, values) for p in found if (values := p.context(request, *about)) is not None]


def stage_links(stage: str = "") -> list[StageLink]:
    return sorted((s for s in STAGE_LINKS if not stage or s.stage == stage), key=lambda s: (s.stage, s.order))
