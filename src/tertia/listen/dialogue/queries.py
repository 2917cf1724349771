"""What is asked of conversations: the list, the next cards, the counts, what somebody did there, signs of stuffing."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.core.cache import cache
from django.db.models import Case, Count, Q, QuerySet, When

from tertia.core.access.voices import Speaker
from tertia.listen.dialogue.asking import Groups, next_statements
from tertia.listen.dialogue.models import Conversation, Picture, Statement, Voice, Vote
from tertia.listen.dialogue.stuffing import Heard, Sign, signs_of

__all__ = [
    "Shares",
    "Standing",
    "conversations_for",
    "counts_of",
    "deck",
    "groups_of",
    "numbers_of",
    "own_votes",
    "seen_signs",
    "shares_of",
    "statements_of",
]

DECK = 12
KEPT_SECONDS = 5


def conversations_for(actor: Any) -> QuerySet[Conversation]:
    """Conversations that the actor may see: open ones first, the next to end first."""
    rows: Any = Conversation.objects.visible_to(actor).select_related("owner", "place").exclude(state="withdrawn")
    first = Case(When(state="open", then=0), When(state="draft", then=1), default=2)
    return rows.annotate(people=Count("voices", filter=Q(voices__aside="")), first=first).order_by("first", "-ends_on", "-pk")


def groups_of(conversation: Conversation) -> Groups | None:
    """The groups of the last picture; the picture itself is read only when this process does not have them yet."""
    digest = Picture.objects.filter(conversation=conversation).values_list("digest", flat=True).first()
    if digest is None:
        return None
    key = f"dialogue:groups:{conversation.pk}:{digest}"
    found: Groups | None = cache.get(key)
    if found is None:
        model = Picture.objects.filter(conversation=conversation).values_list("model", flat=True).first()
        if model is None:
            return None
        found = Groups(np.array(model["weights"]), np.array(model["shares"]), {pk: n for n, pk in enumerate(model["statements"])})
        cache.set(key, found, 600)
    return found


def counts_of(conversation: Conversation) -> dict[int, tuple[int, int, int]]:
    """Statement id → how many agree, disagree, pass. Voices set aside are not counted. A few seconds old at most."""
    key = f"dialogue:counts:{conversation.pk}"
    found: dict[int, tuple[int, int, int]] | None = cache.get(key)
    if found is None:
        rows = (
            Vote.objects.filter(statement__conversation=conversation, voice__aside="").values("statement_id")
            .annotate(a=Count("pk", filter=Q(value=1)), d=Count("pk", filter=Q(value=-1)), p=Count("pk", filter=Q(value=0))).order_by()
        )  # fmt: skip
        found = {row["statement_id"]: (row["a"], row["d"], row["p"]) for row in rows}
        cache.set(key, found, KEPT_SECONDS)
    return found


@dataclass(frozen=True)
class Standing:
    """Where a voice stands: its votes, the statements that are asked, and the next cards."""

    votes: dict[int, int]
    asked: dict[int, Statement]
    cards: list[Statement]

    @property
    def answered(self) -> int:
        return sum(pk in self.votes for pk in self.asked)


def own_votes(conversation: Conversation, speaker: Speaker) -> dict[int, int]:
    """Statement id → value of this voice's votes."""
    rows = Vote.objects.filter(voice__conversation=conversation, voice__key=speaker.voice_key(conversation.pk))
    return dict(rows.values_list("statement_id", "value"))


def deck(conversation: Conversation, speaker: Speaker, *, first: int | None = None, most: int = DECK) -> Standing:
    """The next cards of a voice; `first` is the number of a statement to be shown before all, voted on or not."""
    asked = {s.pk: s for s in Statement.objects.filter(conversation=conversation, state=Statement.State.OPEN)}
    votes = own_votes(conversation, speaker)
    counts = {pk: sum(n) for pk, n in counts_of(conversation).items()}
    chosen = next_statements(list(asked), counts, votes, groups_of(conversation), most, np.random.default_rng(secrets.randbits(64)))
    cards = [asked[pk] for pk in chosen]
    if first is not None:
        shown = [s for s in asked.values() if s.number == first]
        cards = shown + [c for c in cards if c.number != first]
    return Standing(votes, asked, cards)


@dataclass(frozen=True)
class Shares:
    """A statement with its counts. Shares are of those who agreed or disagreed, as on the result page."""

    statement: Statement
    agree: int
    disagree: int
    passed: int

    @property
    def votes(self) -> int:
        return self.agree + self.disagree + self.passed

    @property
    def share(self) -> int | None:
        said = self.agree + self.disagree
        return round(100 * self.agree / said) if said else None


def shares_of(conversation: Conversation, statements: list[Statement]) -> list[Shares]:
    counts = counts_of(conversation)
    return [Shares(s, *counts.get(s.pk, (0, 0, 0))) for s in statements]


def statements_of(conversation: Conversation) -> QuerySet[Statement]:
    """All that is shown: asked, or asked before."""
    return (
        Statement.objects.filter(conversation=conversation, state__in=("open", "closed"))
        .select_related("became_record", "came_from", "joined_to")
        .order_by("number")
    )


def whence_of(conversation: Conversation, speaker: Speaker) -> str | None:
    """Where this voice said that it speaks from; None where it has not voted."""
    return Voice.objects.filter(conversation=conversation, key=speaker.voice_key(conversation.pk)).values_list("whence", flat=True).first()


def numbers_of(conversation: Conversation) -> dict[str, int]:
    """Voices, votes and statements now, and voices set aside."""
    rows = Voice.objects.filter(conversation=conversation).aggregate(
        n=Count("pk", filter=Q(aside="")), aside=Count("pk", filter=~Q(aside=""))
    )
    votes = Vote.objects.filter(statement__conversation=conversation, voice__aside="").count()
    return {
        "voices": rows["n"], "aside": rows["aside"], "votes": votes,
        "statements": Statement.objects.filter(conversation=conversation, state__in=("open", "closed")).count(),
    }  # fmt: skip


def seen_signs(conversation: Conversation) -> list[Sign]:
    """Signs of stuffing among the voices that count."""
    votes: dict[int, dict[int, int]] = {}
    rows = Vote.objects.filter(statement__conversation=conversation, voice__aside="").values_list("voice_id", "statement_id", "value")
    for voice, statement, value in rows.iterator(chunk_size=20_000):
        votes.setdefault(voice, {})[statement] = value
    voices = Voice.objects.filter(conversation=conversation, aside="").values_list("pk", "begun", "network", "fastest")
    return signs_of([Heard(pk, begun, network, fastest, votes.get(pk, {})) for pk, begun, network, fastest in voices])
