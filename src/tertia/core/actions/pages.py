"""Long lists by pages: counted exactly while counting is cheap, and from then on at most once in ten minutes."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

__all__ = ["CHEAP", "KEPT_FOR", "Pages", "count_of"]

#: rows that are counted anew for every page
CHEAP = 2_000
#: seconds for which a larger count is remembered by each process
KEPT_FOR = 600


def count_of(rows: QuerySet[Any]) -> int:
    """How many rows there are: exact up to CHEAP, beyond that as of the last ten minutes. A country's lists would else count a million rows a page."""
    few = rows.order_by()[: CHEAP + 1].count()
    if few <= CHEAP:
        return few
    try:
        sql, params = rows.order_by().query.sql_with_params()
    except EmptyResultSet:
        return 0
    key = "count:" + hashlib.sha256(f"{rows.db}{sql}{params}".encode()).hexdigest()
    return int(cache.get_or_set(key, lambda: rows.order_by().count(), KEPT_FOR))


class Pages(Paginator):  # type: ignore[type-arg]  # it takes none while it runs
    """Django's own, but that a long list is not counted for every page."""

    @cached_property
    def count(self) -> int:
        return count_of(self.object_list) if isinstance(self.object_list, QuerySet) else len(self.object_list)
