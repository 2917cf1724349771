"""Counting queries of a block of code, whatever becomes of the connection's own log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["counting"]


@contextmanager
def counting() -> Iterator[list[str]]:
    from django.db import connection  # app start

    seen: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen
