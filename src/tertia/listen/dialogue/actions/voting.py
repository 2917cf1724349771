"""Voting. One vote counts of each voice on each statement, the last one; a vote that is sent twice is one vote."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tertia.core.access.voices import Speaker
from tertia.core.actions.action import action
from tertia.core.actions.errors import BadInput, Fault, TertiaError, WrongState
from tertia.core.actions.policies import anyone
from tertia.core.periods import clock
from tertia.core.rules.queries import rule_on
from tertia.listen.dialogue.models import Conversation, Voice, Vote

__all__ = [
    "WHENCE",
    "Cast",
    "NeedsSignIn",
    "NoVoice",
    "TooFast",
    "VotingOver",
    "cast_votes",
    "Place",
    "is_open",
    "join_voices",
    "place_of",
    "say_whence",
]

WHENCE = ("outside", "student", "staff")


class VotingOver(WrongState):
    """The conversation takes no votes: it has not begun, has ended, or was withdrawn."""

    def __init__(self, conversation: Any) -> None:
        super().__init__(conversation, conversation.state, ("open",))

    def sentence(self) -> str:
        return _("Voting on this conversation has ended, or has not begun. Your vote was not counted; earlier ones are.")


class NeedsSignIn(TertiaError):
    """One person one voice: guests do not vote here."""

    status = 403

    def sentence(self) -> str:
        return _("Here each person has one voice, so you vote after signing in. Nothing was counted yet.")


class NoVoice(TertiaError):
    """Somebody says something of a voice that has not voted here."""

    status = 409

    def sentence(self) -> str:
        return _("Vote on one statement first; then you can say where you speak from.")


class TooFast(TertiaError):
    """More votes in a minute than one can read statements."""

    status = 429

    def sentence(self) -> str:
        n = rule_on("dialogue.votes_per_minute", clock.today())
        return ngettext(
            "More than %(n)d vote in a minute is more than one can read. Wait a minute; what came before is counted.",
            "More than %(n)d votes in a minute are more than one can read. Wait a minute; what came before is counted.",
            n,
        ) % {"n": n}


@dataclass(frozen=True)
class Cast:
    """One vote as a device sends it: the statement's number in the conversation, 1, 0 or -1, and the device's own count of turns."""

    number: int
    value: int
    turn: int = 0


def is_open(conversation: Any, day: dt.date) -> bool:
    return (
        conversation.state == "open"
        and (conversation.starts_on is None or conversation.starts_on <= day)
        and (conversation.ends_on is None or day <= conversation.ends_on)
    )


_COUNT = "CASE WHEN dialogue_voice.minute = excluded.minute THEN dialogue_voice.in_minute + excluded.in_minute ELSE excluded.in_minute END"
_VOICE = f"""
INSERT INTO dialogue_voice (conversation_id, key, begun_on, begun, network, minute, in_minute, fastest, aside)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, '')
ON CONFLICT (conversation_id, key) DO UPDATE SET
  in_minute = {_COUNT},
  fastest = CASE WHEN {_COUNT} > dialogue_voice.fastest THEN {_COUNT} ELSE dialogue_voice.fastest END,
  minute = excluded.minute
RETURNING id, in_minute
"""
_LATER = "ON CONFLICT (voice_id, statement_id) DO UPDATE SET value = excluded.value, turn = excluded.turn WHERE excluded.turn >= dialogue_vote.turn"
_VOTE = f"""
INSERT INTO dialogue_vote (voice_id, statement_id, value, turn)
SELECT %s, id, %s, %s FROM dialogue_statement WHERE conversation_id = %s AND number = %s AND state = 'open'
{_LATER}
"""
#: the same in one statement, so in one journey to the server: for several votes, and for one, which is nearly always so
_MANY = "unnest(%s::int[], %s::smallint[], %s::bigint[]) AS one(number, value, turn)"
_ONE = "(VALUES (%s::int, %s::smallint, %s::bigint)) AS one(number, value, turn)"


def _at_once(votes: str) -> str:
    return f"""
WITH voice AS ({_VOICE}), cast_now AS (
  INSERT INTO dialogue_vote (voice_id, statement_id, value, turn)
  SELECT voice.id, statement.id, one.value, one.turn
  FROM voice, {votes}
  JOIN dialogue_statement AS statement ON statement.conversation_id = %s AND statement.number = one.number AND statement.state = 'open'
  WHERE voice.in_minute <= %s
  {_LATER}
  RETURNING 1)
SELECT voice.in_minute, (SELECT count(*) FROM cast_now) FROM voice
"""


_ONE_AT_ONCE, _MANY_AT_ONCE = _at_once(_ONE), _at_once(_MANY)


@action("dialogue.vote", may=anyone, about="conversation", traceless=True, one_statement=True)
def cast_votes(*, by: Any, conversation: Any, speaker: Speaker, votes: list[Cast], day: dt.date) -> int:
    """Count votes of one voice. Returns how many statements took one; a statement that is asked no more takes none.

    `conversation` is a Conversation, or what `place_of` keeps of it. No event is written, for its time and order would tell who votes
    how. Raises VotingOver, NeedsSignIn, TooFast; then nothing of the call is counted.
    """
    if not is_open(conversation, day):
        raise VotingOver(conversation)
    if conversation.identity and speaker.person is None:
        raise NeedsSignIn
    minute, most = int(clock.now().timestamp() // 60), most_in_a_minute(day)
    head = [conversation.pk, speaker.voice_key(conversation.pk), day, minute, speaker.network, minute, len(votes), len(votes)]
    last = list({one.number: one for one in sorted(votes, key=lambda v: v.turn)}.values())
    if connection.vendor == "postgresql":
        columns: list[Any] = [[one.number for one in last], [one.value for one in last], [one.turn for one in last]]
        if len(last) == 1:
            in_minute, taken = _prepared(_ONE_AT_ONCE, [*head, *(c[0] for c in columns), conversation.pk, most])
        else:
            in_minute, taken = _prepared(_MANY_AT_ONCE, [*head, *columns, conversation.pk, most])
    else:
        with connection.cursor() as cursor:
            cursor.execute(_VOICE, head)
            voice, in_minute = cursor.fetchone()
            taken = 0
            for one in last:
                cursor.execute(_VOTE, [voice, one.value, one.turn, conversation.pk, one.number])
                taken += cursor.rowcount
    if in_minute > most:
        raise TooFast
    return int(taken)


def _prepared(sql: str, values: list[Any]) -> Any:
    """One row of a statement that the server plans once for each connection, and not for each vote."""
    from psycopg import Cursor  # optional library: on PostgreSQL only

    connection.ensure_connection()
    with Cursor(connection.connection) as cursor:
        return cursor.execute(sql, values, prepare=True).fetchone()


@dataclass(frozen=True)
class Place:
    """What voting has to know of a conversation."""

    pk: int
    state: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    identity: bool


_places: dict[str, tuple[float, Place | None]] = {}
KEPT_SECONDS = 1.0


def place_of(slug: str) -> Place | None:
    """A public conversation by its address, asked of the database once a second of each process; None where there is none."""
    now = time.monotonic()
    kept = _places.get(slug)
    if kept is not None and now - kept[0] < KEPT_SECONDS:
        return kept[1]
    row = Conversation.objects.filter(slug=slug, visibility="public").values_list("pk", "state", "starts_on", "ends_on", "identity").first()
    found = Place(*row) if row else None
    if len(_places) > 500:
        _places.clear()
    _places[slug] = (now, found)
    return found


_bound: tuple[dt.date, int] | None = None


def most_in_a_minute(day: dt.date) -> int:
    """The rule of the day, asked once a day of each process."""
    global _bound
    if _bound is None or _bound[0] != day:
        _bound = (day, int(rule_on("dialogue.votes_per_minute", day)))
    return _bound[1]


@action("dialogue.join_voices", may=anyone, about="conversation", traceless=True)
def join_voices(*, by: Any, conversation: Conversation, speaker: Speaker) -> int:
    """Who voted as a guest and then signed in has one voice: the guest's votes go over where the person has none. Returns how many."""
    if speaker.person is None or not speaker.mark:
        return 0
    rows = Voice.objects.filter(conversation=conversation)
    guest = rows.filter(key=speaker.guest_key(conversation.pk)).first()
    if guest is None:
        return 0
    own = rows.filter(key=speaker.voice_key(conversation.pk)).first()
    if own is None:
        moved = Vote.objects.filter(voice=guest).count()
        rows.filter(pk=guest.pk).update(key=speaker.voice_key(conversation.pk))
        return moved
    there = Vote.objects.filter(voice=own).values("statement")
    moved = Vote.objects.filter(voice=guest).exclude(statement__in=there).update(voice=own)
    if not own.whence and guest.whence:
        rows.filter(pk=own.pk).update(whence=guest.whence)
    Voice.objects.filter(pk=guest.pk).delete()
    return moved


@action("dialogue.say_whence", may=anyone, about="conversation", traceless=True)
def say_whence(*, by: Any, conversation: Conversation, speaker: Speaker, whence: str) -> None:
    """A voice says of itself where it speaks from, or takes it back with an empty word. Raises VotingOver, NoVoice, BadInput.

    No event is written, as of votes; only the numbers of a whole conversation are ever told.
    """
    if whence not in ("", *WHENCE):
        raise BadInput(Fault("whence", _("Say one of: outside, student, staff, or nothing.")))
    if not is_open(conversation, clock.today()):
        raise VotingOver(conversation)
    if not Voice.objects.filter(conversation=conversation, key=speaker.voice_key(conversation.pk)).update(whence=whence):
        raise NoVoice


def forget_place(conversation: Conversation) -> None:
    """The conversation has changed: this process asks the database again at once, others within a second."""
    _places.pop(conversation.slug, None)
