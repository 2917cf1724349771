"""The demonstration and the cast, made once in a run and put back for each test that needs them: making them takes up to a hundred times as long."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction

KEPT = "kept_"
#: written when the tables are made, the same in every site
OF_THE_SCHEMA = ("django_content_type", "auth_permission", "records_declaredpair")


def keep() -> None:
    """Copy every table of the site beside itself, then empty the site."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f'DROP TABLE IF EXISTS "{KEPT}{table}"')
            cursor.execute(f'CREATE TABLE "{KEPT}{table}" AS SELECT * FROM "{table}"')
    empty()


def empty() -> None:
    """Take every row of the site away, as Django's `flush` would, which truncates two hundred tables and writes permissions anew."""
    with transaction.atomic(), connection.cursor() as cursor:
        there = " UNION ALL ".join(f"SELECT '{t}' WHERE EXISTS (SELECT 1 FROM \"{t}\")" for t in _tables() if t not in OF_THE_SCHEMA)
        cursor.execute(there)
        for (table,) in cursor.fetchall():
            cursor.execute(f'DELETE FROM "{table}"')


def put_back() -> None:
    """What was kept takes the place of what is there; inside a test's own transaction too, for foreign keys are checked at its end."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f'DELETE FROM "{table}"')
        for table in _tables():
            cursor.execute(f'INSERT INTO "{table}" SELECT * FROM "{KEPT}{table}"')
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")  # else its planner takes every table for empty until it looks by itself


class Small:
    """What few tables hold, put into an empty site: a twentieth of the time that making it takes."""

    def __init__(self, prefix: str, make: Callable[[], Any]) -> None:
        """Make it once, copy its rows beside the site, and empty the site again."""
        before = _counts()
        self.made = make()
        self.prefix = prefix
        self.tables = [t for t, count in _counts().items() if count > before[t]]
        assert not any(before[t] for t in self.tables), "it adds rows to tables that are never empty"
        with transaction.atomic(), connection.cursor() as cursor:
            for table in self.tables:
                cursor.execute(f'DROP TABLE IF EXISTS "{prefix}{table}"')
                cursor.execute(f'CREATE TABLE "{prefix}{table}" AS SELECT * FROM "{table}"')
            for table in self.tables:
                cursor.execute(f'DELETE FROM "{table}"')
        self.models = [m for m in _models() if m._meta.db_table in self.tables]

    def put(self) -> Any:
        """Lay it into the site; gives a copy of what making gave, so that no test sees what another one has changed on it."""
        with transaction.atomic(), connection.cursor() as cursor:
            for table in self.tables:
                cursor.execute(f'INSERT INTO "{table}" SELECT * FROM "{self.prefix}{table}"')
            for statement in connection.ops.sequence_reset_sql(no_style(), self.models):
                cursor.execute(statement)
        return copy.deepcopy(self.made)


def _counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        found = {}
        for table in _tables():
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


def _tables() -> list[str]:
    """Links last: a trigger of theirs looks at the records that they join."""
    names = connection.introspection.django_table_names(only_existing=True)
    return sorted((t for t in names if t != "django_migrations"), key=lambda t: (t == "records_link", t))


def _models() -> list[Any]:
    from django.apps import apps

    return list(apps.get_models(include_auto_created=True))
