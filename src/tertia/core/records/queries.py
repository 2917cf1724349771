"""What is asked of records: one of them by address, the chain up and down, who owes what."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from tertia.core.actions.action import ACTIONS
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.models import Event
from tertia.core.records.kinds import GROWTHS, RELATIONS, Growth
from tertia.core.records.models import Link, OwedAnswer, Record, visible

__all__ = [
    "chain_ids",
    "events_about",
    "events_since",
    "growths_of",
    "joined_with",
    "longest_by_party",
    "owed_by",
    "record_at",
    "record_for",
    "record_named",
    "silent",
    "silent_for_office",
    "subtype",
]

R = TypeVar("R", bound=Record)


def record_for(actor: Any, model: type[R], **where: Any) -> R:
    """The record as this actor may see it, or 404: what may not be seen does not exist."""
    of_kind = {"kind": model.KIND} if model.KIND else {}  # an address is indexed by kind
    found: Any = model.objects.visible_to(actor).select_related("owner", "unit", "place", "responsible").filter(**of_kind, **where).first()
    if found is None:
        raise Http404
    return found


def record_named(actor: Any, number: str, *kinds: str) -> Record | None:
    """The record whose number an address names, None where it names none; 404 if it may not be seen or is of another kind."""
    if not number.isdecimal():
        return None
    found = record_for(actor, Record, pk=int(number))
    if found.kind not in kinds:
        raise Http404
    return found


def record_at(actor: Any, words: str, *kinds: str) -> Record:
    """The record whose page somebody copied the address of, or whose number he wrote. Raises BadInput where he may see none (`record`)."""
    rows: Any = Record.objects.visible_to(actor)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    number = words.strip().removeprefix("#")
    found = rows.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    parts = [p for p in re.split(r"[/?#]", words.strip()) if p]
    for slug in reversed(parts) if found is None else ():
        near = [one for one in rows.filter(slug=slug)[:5] if len(parts) == 1 or one.get_absolute_url().split("/", 2)[2] in words + "/"]
        if near:
            found = near[0]
            break
    if found is None:
        raise BadInput(Fault("record", _("There is no such record here that you may see. Copy its address from its page.")))
    return found  # type: ignore[no-any-return]


def subtype(record: Record) -> Any:
    """The row of the record's own kind."""
    from django.apps import apps  # app start

    return apps.get_model(record.declared.model).objects.get(pk=record.pk)


_CHAIN = """
WITH RECURSIVE chain(id, depth) AS (
    SELECT CAST(%s AS bigint), 0
    UNION
    SELECT link.{next}, chain.depth + 1
    FROM chain JOIN records_link AS link ON link.{here} = chain.id
    WHERE chain.depth < {depth} AND link.relation IN ({relations})
)
SELECT id, MIN(depth) FROM (SELECT id, depth FROM chain LIMIT {limit}) AS found GROUP BY id
"""


def chain_ids(record_id: int, direction: str, *, depth: int = 7, limit: int = 300) -> dict[int, int]:
    """Records above (`up`) or below (`down`) a record with their distance, nearest first, at most `limit` of them.

    A recursive query over links; the limit is inside the database, so a record with a hundred thousand
    activities costs as much as one with three hundred. Cycles end by the depth.
    """
    here, following = ("lower_id", "upper_id") if direction == "up" else ("upper_id", "lower_id")
    relations = sorted(r.name for r in RELATIONS.values() if r.in_thread)
    sql = _CHAIN.format(next=following, here=here, depth=int(depth), limit=int(limit) + 1, relations=", ".join(["%s"] * len(relations)))
    with connection.cursor() as cursor:
        cursor.execute(sql, [record_id, *relations])
        return {row[0]: row[1] for row in cursor.fetchall()}


def aside_ids(upper: list[int]) -> list[int]:
    """What hangs aside on these records, and what stands directly below that (an indicator, and the reports that print it)."""
    relations = [r.name for r in RELATIONS.values() if r.aside]
    found = list(Link.objects.filter(upper__in=upper, relation__in=relations).order_by("pk").values_list("lower_id", flat=True)[:60])
    below = [r.name for r in RELATIONS.values() if r.in_thread]
    return found + list(Link.objects.filter(upper__in=found, relation__in=below).order_by("pk").values_list("lower_id", flat=True)[:60])


def links_among(ids: list[int]) -> list[tuple[int, int, str]]:
    """(lower, upper, relation) of the thread's links whose two ends are among the ids."""
    relations = [r.name for r in RELATIONS.values() if r.in_thread]
    return list(
        Link.objects.filter(lower__in=ids, upper__in=ids, relation__in=relations)
        .order_by("pk")
        .values_list("lower_id", "upper_id", "relation")
    )


def joined_with(record: Record, actor: Any, most: int = 12, alike: int = 3) -> list[tuple[Any, Record]]:
    """What a record is joined with outside of the thread, as (words, record): an agreement that supports it, the project that it is part of.

    Of one relation the newest few: an agreement has a hundred activities, and its own page lists them.
    """
    outside = [r.name for r in RELATIONS.values() if not r.in_thread and not r.aside]
    rows = (
        Link.objects.filter(Q(lower=record.pk) | Q(upper=record.pk), relation__in=outside)
        .order_by("-pk")
        .values_list("relation", "lower", "upper")[: 4 * most]
    )
    wanted = [(name, lower == record.pk, upper if lower == record.pk else lower) for name, lower, upper in rows]
    there = {r.pk: r for r in Record.objects.visible_to(actor).filter(pk__in={pk for _n, _u, pk in wanted})} if wanted else {}
    found: dict[Any, list[Record]] = {}
    for name, up, pk in wanted:
        rows_of = found.setdefault(RELATIONS[name].label if up else RELATIONS[name].inverse, [])
        if pk in there and len(rows_of) < alike:
            rows_of.append(there[pk])
    return [(words, one) for words, ones in found.items() for one in ones][:most]


def linked_by(ids: list[int], relations: list[str]) -> set[tuple[int, str]]:
    """(record, relation) for each of the records that has a link of the relation, whoever may see its other end."""
    rows = Link.objects.filter(Q(upper__in=ids) | Q(lower__in=ids), relation__in=relations).values_list("upper_id", "lower_id", "relation")
    return {(end, relation) for upper, lower, relation in rows for end in (upper, lower)}


def growths_of(record: Record, actor: Any) -> list[Growth]:
    """What this record may be turned into by this actor."""
    return [growth for growth in GROWTHS if record.kind in growth.from_kinds and actor.organisations(*growth.roles)]


def events_about(record: Record, limit: int = 20) -> list[Event]:
    """What happened to a record. What leaves no personal trace (sign-ups, withdrawals) is not told either: its times would be one."""
    silent = [name for name, declared in ACTIONS.items() if declared.traceless]
    return list(
        Event.objects.filter(record_id=record.pk)
        .exclude(action__in=silent)
        .select_related("person", "pass_used__organisation", "organisation")
        .order_by("-at", "-pk")[:limit]
    )


def owed_answers(actor: Any) -> QuerySet[OwedAnswer]:
    """Owed answers on records that the actor may see."""
    rows = OwedAnswer.objects.select_related("record", "party", "record__owner")
    if actor.is_system:
        return rows

    return rows.filter(visible(actor, "record") | Q(party__in=actor.organisations()))


def silent(actor: Any, today: dt.date) -> QuerySet[OwedAnswer]:
    """Open answers past their date, the longest silence first."""
    return (
        owed_answers(actor).filter(state__in=(OwedAnswer.State.SENT, OwedAnswer.State.RECEIVED), due_on__lt=today).order_by("sent_on", "pk")
    )


def longest_by_party(actor: Any, today: dt.date, most: int) -> list[OwedAnswer]:
    """The longest silence of each of the first few silent bodies; of one body only one question."""
    first: dict[int, int] = {}
    for pk, party in silent(actor, today).values_list("pk", "party")[:200]:
        first.setdefault(party, pk)
    found = owed_answers(actor).in_bulk(list(first.values())[:most])
    return [found[pk] for pk in first.values() if pk in found]


def owed_by(actor: Any, organisations: Any) -> QuerySet[OwedAnswer]:
    """Open answers that these organisations owe."""
    return owed_answers(actor).filter(party__in=organisations, state__in=OwedAnswer.OPEN).exclude(state=OwedAnswer.State.NOT_SENT)


@dataclass(frozen=True)
class SilentGroup:
    """What one body has not answered of what was sent to it on one day: the first question, and how many more."""

    owed: OwedAnswer
    more: int


def silent_for_office(actor: Any, today: dt.date, limit: int = 30) -> list[SilentGroup]:
    """What others owe to the organisations for which this actor works, the longest silence first, a letter a row."""
    owners = actor.organisations("office", "leader", "editor")
    rows = OwedAnswer.objects.filter(
        record__owner__in=owners, state__in=(OwedAnswer.State.SENT, OwedAnswer.State.RECEIVED), due_on__lt=today
    ).exclude(party__in=owners)
    letters: dict[tuple[int, str, dt.date | None], list[int]] = {}
    for pk, *letter in rows.order_by("sent_on", "pk").values_list("pk", "party", "record__kind", "sent_on")[:500]:
        letters.setdefault(tuple(letter), []).append(pk)
    shown = list(letters.values())[:limit]
    found = OwedAnswer.objects.select_related("record", "party", "record__owner").in_bulk([pks[0] for pks in shown])
    return [SilentGroup(found[pks[0]], len(pks) - 1) for pks in shown if pks[0] in found]


def events_since(actor: Any, limit: int = 6) -> list[Event]:
    """The latest events of the actor's organisations that were done by others."""
    owners = actor.organisations("office", "leader", "editor")
    if not owners:
        return []
    rows = Event.objects.filter(organisation__in=owners, record__isnull=False).exclude(person=actor.person_id)
    return list(rows.select_related("record", "record__owner").order_by("-at", "-pk")[:limit])
