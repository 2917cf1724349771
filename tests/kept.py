"""The demonstration, loaded once in a run and put back for each test that needs it: loading takes a hundred times as long."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

KEPT = "kept_"


def keep() -> None:
    """Copy every table of the site beside itself, then empty the site."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f'DROP TABLE IF EXISTS "{KEPT}{table}"')
            cursor.execute(f'CREATE TABLE "{KEPT}{table}" AS SELECT * FROM "{table}"')
    call_command("flush", verbosity=0, interactive=False)


def put_back() -> None:
    """What was kept takes the place of what is there; inside a test's own transaction too, for foreign keys are checked at its end."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f'DELETE FROM "{table}"')
        for table in _tables():
            cursor.execute(f'INSERT INTO "{table}" SELECT * FROM "{KEPT}{table}"')
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)


def _tables() -> list[str]:
    """Links last: a trigger of theirs looks at the records that they join."""
    names = connection.introspection.django_table_names(only_existing=True)
    return sorted((t for t in names if t != "django_migrations"), key=lambda t: (t == "records_link", t))


def _models() -> list[Any]:
    from django.apps import apps

    return list(apps.get_models(include_auto_created=True))
