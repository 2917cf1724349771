"""What stories give to measuring."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncDate

from tertia.core.facts.declare import Column, FactTable, declare_facts, declare_lived
from tertia.core.records.models import Link
from tertia.tell.stories.models import Quote, Story

__all__ = ["STORY"]

_joint = Link.objects.filter(
    lower=OuterRef("pk"), relation="tells", upper__kind__in=("activity", "project", "agreement", "opportunity", "conversation")
)
_voice = Quote.objects.filter(story=OuterRef("pk"), agreed_on__isnull=False)


def _written(language: str) -> Q:
    """The text stands in a language, written by a person and not older than the original."""
    return Q(**{f"title__{language}__state": "written", f"body__{language}__state": "written"})


def _stories(organisation: Any) -> Any:
    return Story.objects.filter(owner=organisation, state="published", published_at__isnull=False)


STORY = declare_facts(
    FactTable(
        "story", 1, "stories", "One row for each published story.", _stories,
        (
            Column("record", "int", "id of the story", "pk"), Column("day", "date", "day of publication", TruncDate("published_at")),
            Column("three_languages", "bool", "headline and text are written in Kazakh, Russian and English, none older than the original", _written("kk") & _written("ru") & _written("en")),
            Column("joint", "bool", "it tells of work done with others", Exists(_joint)),
            Column("partner_voice", "bool", "it quotes a partner who has agreed to it", Exists(_voice)),
            Column("people", "bool", "persons are named or shown", "shows_people"), Column("consent", "bool", "it says how they agreed", ~Q(consent_words="")),
        ),
    )
)  # fmt: skip

declare_lived("S8", "story", "published")
