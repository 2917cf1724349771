"""Expressions for fact tables that both databases understand."""

from __future__ import annotations

from typing import Any

from django.db.models import DateField, Func, IntegerField

__all__ = ["Minute", "YearsLater"]


class Minute(Func):
    """A moment as whole minutes since 1970 (UTC), so that every engine compares it without knowing of time zones."""

    arity = 1
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="CAST(strftime('%%%%s', %(expressions)s) AS INTEGER) / 60", **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="CAST(FLOOR(EXTRACT(EPOCH FROM %(expressions)s) / 60) AS BIGINT)", **more)


class YearsLater(Func):
    """The same day some years later; of 29 February the 1 March on SQLite and the 28 February on PostgreSQL."""

    arity = 1
    output_field = DateField()

    def __init__(self, day: Any, years: int) -> None:
        super().__init__(day)
        self.years = int(years)

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template=f"date(%(expressions)s, '+{self.years} years')", **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template=f"CAST(%(expressions)s + interval '{self.years} years' AS date)", **more)
