"""Counting queries of a block of code, whatever becomes of the connection's own log; and what is told of times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

__all__ = ["counting", "p95"]


@contextmanager
def counting() -> Iterator[list[str]]:
    from django.db import connection  # app start

    seen: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen


def p95(values: Sequence[float]) -> float:
    """The nearest-rank 95th percentile: at most one in twenty of the values is larger. Raises ValueError where there is none."""
    if not values:
        raise ValueError("nothing was measured")
    return sorted(values)[-(-95 * len(values) // 100) - 1]
