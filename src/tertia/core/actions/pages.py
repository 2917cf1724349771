"""Long lists by pages: counted exactly while counting is cheap, and from then on once in ten minutes."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.core.paginator import Paginator
from django.db import connections
from django.db.models import Count, QuerySet
from django.utils.functional import cached_property

__all__ = ["CHEAP", "KEPT_FOR", "Pages", "count_of", "counts_by", "first_of_each"]

#: rows that are counted anew for every page
CHEAP = 2_000
#: seconds for which a larger count is remembered by each process
KEPT_FOR = 600


def count_of(rows: QuerySet[Any]) -> int:
    """How many rows there are: exact up to CHEAP, beyond that as of the last ten minutes. A country's lists would else count a million rows a page."""
    rows = rows.order_by()
    key = _key("count", rows)
    if key is None:
        return 0
    kept = cache.get(key)
    if kept is not None:
        return int(kept)
    few = rows[: CHEAP + 1].count()
    if few <= CHEAP:
        return few
    many = rows.count()
    cache.set(key, many, KEPT_FOR)
    return many


def counts_by(rows: QuerySet[Any], *fields: str) -> list[tuple[Any, ...]]:
    """(each field's value …, number of rows) for each group of rows, kept as `count_of` keeps what is long."""
    groups = rows.order_by().values_list(*fields).annotate(rows_of=Count("*"))
    key = _key("counts", groups)
    if key is None:
        return []
    found: list[tuple[Any, ...]] | None = cache.get(key)
    if found is None:
        found = list(groups)
        if sum(row[-1] for row in found) > CHEAP:
            cache.set(key, found, KEPT_FOR)
    return found


def first_of_each(rows: QuerySet[Any], moment: str, spans: list[tuple[dt.datetime, dt.datetime]], most: int) -> list[int]:
    """Numbers of the first `most` rows of each span of `moment` (from, to and not with it), in one query.

    Each span is a question of its own with a limit, so with an index on the moment and the key a span of thousands costs what one of five
    does; a window over all of them would read and sort every row. The question is compiled once and asked with other days.
    """
    if not spans:
        return []
    adapted = connections[rows.db].ops.adapt_datetimefield_value
    one = rows.filter(**{f"{moment}__gte": _FROM, f"{moment}__lt": _TO}).order_by(moment, "pk").values_list("pk")[:most]
    try:
        sql, params = one.query.sql_with_params()
    except EmptyResultSet:
        return []
    asked: list[Any] = []
    for begins, ends in spans:
        bounds = {adapted(_FROM): adapted(begins), adapted(_TO): adapted(ends)}
        asked += [bounds[p] if isinstance(p, dt.datetime | str) and p in bounds else p for p in params]
    with connections[rows.db].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT * FROM ({sql}) AS span{n}" for n in range(len(spans))), asked)
        return [row[0] for row in cursor.fetchall()]


#: no day of ours; they stand for a span's bounds while its question is compiled
_FROM, _TO = dt.datetime(1, 1, 2, tzinfo=dt.UTC), dt.datetime(1, 1, 3, tzinfo=dt.UTC)


def _key(of: str, rows: QuerySet[Any]) -> str | None:
    """By what a count is remembered: the question itself, so two readers who may see different rows share none. None: there can be no row."""
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return None
    return f"{of}:" + hashlib.sha256(f"{rows.db}{sql}{params}".encode()).hexdigest()


class Pages(Paginator):  # type: ignore[type-arg]  # it takes none while it runs
    """Django's own, but that a long list is not counted for every page."""

    @cached_property
    def count(self) -> int:
        return count_of(self.object_list) if isinstance(self.object_list, QuerySet) else len(self.object_list)
