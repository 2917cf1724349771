"""Saving what a reading found, after a person has corrected it."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import WORKERS, roles
from tertia.core.languages.text import Text
from tertia.core.records.actions import join
from tertia.core.records.models import Visibility
from tertia.core.records.slugs import free_slug
from tertia.plan.conferences.models import Addressee, Conference, Recommendation, Resolution

__all__ = ["ReadItem", "draft_resolution", "frozen_hash", "save_reading", "write_recommendation_version"]


@dataclass(frozen=True)
class ReadItem:
    """A recommendation as a person confirmed it."""

    text: str
    marker: str = ""
    group: int = 1
    lead_in: str = ""
    addressee: str = ""
    start: int | None = None
    end: int | None = None
    parts: tuple[ReadItem, ...] = field(default=())


def frozen_hash(resolution: Resolution) -> str:
    """SHA-256 over the adopted texts in their original language, in order; anybody can repeat it from the page."""
    texts = [str(resolution.title), *(str(r.title) for r in resolution.recommendations.order_by("position"))]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


@action("conferences.save_reading", may=roles(*WORKERS, of="owner.pk"))
def save_reading(
    *, by: Any, owner: Any, title: str, language: str, items: list[ReadItem], addressees: list[str], source_text: str,
    adopted_on: dt.date | None = None, adopting_body: str = "", conference: Conference | None = None,
    reading: dict[str, Any] | None = None, slug: str = "", demonstration: bool = False,
) -> Resolution:  # fmt: skip
    """A resolution that was adopted elsewhere or earlier becomes records, word for word. Needs a title, a day and items."""
    faults = []
    if not title.strip():
        faults.append(Fault("title", _("Write the title of the resolution.")))
    if adopted_on is None:
        faults.append(Fault("adopted_on", _("Write the day on which the resolution was adopted.")))
    if not items:
        faults.append(Fault("items", _("There is no recommendation to save. Mark at least one passage of the text.")))
    if faults:
        raise BadInput(*faults)
    slug = slug or free_slug(owner, "resolution", title, prefix=str(adopted_on.year) if adopted_on else "")
    if Resolution.objects.filter(owner=owner, slug=slug).exists():
        raise WrongState(slug, "saved", ("new",))
    resolution = Resolution(
        owner=owner, slug=slug, title=Text.of(**{language: title}), conference=conference, adopted_on=adopted_on,
        starts_on=adopted_on, source_text=source_text, source_language=language, reading=reading or {}, sha256="-",
        adopting_body=Text.of(**{language: adopting_body}) if adopting_body else Text({}),
        visibility=Visibility.PUBLIC, state="adopted", demonstration=demonstration,
    )  # fmt: skip
    resolution.save()
    if conference:
        join(resolution, "adopted-at", conference)
    _save_items(resolution, items, language)
    named = list(dict.fromkeys([*addressees, *(i.addressee for i in items if i.addressee and not _stands_for(i.addressee, addressees))]))
    for position, printed in enumerate(named, start=1):
        groups = sorted({i.group for i in items if i.addressee and (i.addressee == printed or _stands_for(i.addressee, [printed]))})
        Addressee(resolution=resolution, printed=Text.of(**{language: printed}), position=position, groups=groups).save()
    resolution.sha256 = frozen_hash(resolution)
    resolution.save()
    return resolution


def _stands_for(addressee: str, printed: list[str]) -> bool:
    """Whether the addressee of a lead-in is one of the bodies to which the text was sent, under a near name."""
    same = {
        "higher educational institutions": "universit",
        "высшим учебным заведениям": "вуз",
        "вузам": "вуз",
        "жоғары оқу орындарына": "жоғары оқу",
    }
    near = same.get(addressee.lower().removeprefix("the "), addressee.lower())
    return any(near in p.lower() or p.lower() in addressee.lower() for p in printed)


def _save_items(resolution: Resolution, items: list[ReadItem], language: str) -> None:
    position = 0

    def save(item: ReadItem, number: str, parent: Recommendation | None) -> None:
        nonlocal position
        position += 1
        row = Recommendation(
            owner_id=resolution.owner_id, resolution=resolution, position=position, number=number, parent=parent,
            title=Text.of(**{language: item.text}), group=item.group, marker=item.marker,
            group_lead_in=Text.of(**{language: item.lead_in}) if item.lead_in else Text({}),
            source_start=item.start, source_end=item.end, slug=f"{resolution.slug}-{number}", state="adopted",
            visibility=Visibility.PUBLIC, demonstration=resolution.demonstration, starts_on=resolution.adopted_on,
        )  # fmt: skip
        row.save()
        join(row, "part-of", resolution)
        for i, part in enumerate(item.parts, start=1):
            save(part, f"{number}.{i}", row)

    for i, item in enumerate(items, start=1):
        save(item, str(i), None)


@action("conferences.draft_resolution", may=roles("office", "leader", "editor", of="conference.owner_id"))
def draft_resolution(*, by: Any, conference: Conference, title: Text, demonstration: bool = False) -> Resolution:
    """Begin the draft of a conference's resolution; the proposals of its sections are gathered into it."""
    if not title:
        raise BadInput(Fault("title", _("Write the title of the resolution.")))
    if Resolution.objects.filter(conference=conference).exclude(state="declined").exists():
        raise WrongState(conference, "drafted", ("without resolution",))
    made = Resolution(
        owner_id=conference.owner_id,
        title=title,
        conference=conference,
        adopting_body=Text.of(conference.title.original, **{k: v[0] for k, v in conference.title.versions.items()}),
        slug=free_slug(conference.owner, "resolution", title, prefix=str(conference.ends_on.year) if conference.ends_on else ""),
        demonstration=demonstration,
    )
    made.save()
    join(made, "adopted-at", conference)
    return made


@action("conferences.write_version", may=roles(*WORKERS, of="recommendation.owner_id"), about="recommendation")
def write_recommendation_version(
    *, by: Any, recommendation: Recommendation, language: str, text: str, state: str = "written", short: str = ""
) -> Recommendation:
    """Add a translation of a recommendation. The original of an adopted one is frozen."""
    recommendation = lock(recommendation)
    if recommendation.state == "adopted" and language == recommendation.title.original and text:
        raise WrongState(recommendation, "adopted", ("draft",))
    if text:
        recommendation.title = recommendation.title.write(language, text, state)
    if short:
        recommendation.short = recommendation.short.write(language, short, state)
    recommendation.save()
    return recommendation
