"""Expressions for fact tables that both databases understand."""

from __future__ import annotations

from typing import Any

from django.db.models import Func, IntegerField

__all__ = ["Minute"]


class Minute(Func):
    """A moment as whole minutes since 1970 (UTC), so that every engine compares it without knowing of time zones."""

    arity = 1
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="CAST(strftime('%%%%s', %(expressions)s) AS INTEGER) / 60", **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="CAST(FLOOR(EXTRACT(EPOCH FROM %(expressions)s) / 60) AS BIGINT)", **more)
