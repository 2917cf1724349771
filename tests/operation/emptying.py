"""This database as an empty installation has it: no row of anybody, in a test's or a benchmark's own place."""

from __future__ import annotations

from django.apps import apps
from django.db import connection, transaction

from tertia.operation.belonging import NOT_TAKEN, taken_models


def empty_installation() -> None:
    """Past the triggers that keep the journal. Where a test's transaction is open it is undone with it."""
    models = [*reversed(taken_models()), *(apps.get_model(label) for label in NOT_TAKEN if label != "records.DeclaredPair")]
    tables = [m._meta.db_table for m in models]
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the end of the transaction is looked at now
            cursor.execute("SET LOCAL session_replication_role = 'replica'")
            for table in tables:
                cursor.execute(f'DELETE FROM "{table}"')
            cursor.execute("SET LOCAL session_replication_role = 'origin'")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            return
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        kept = cursor.fetchall()
        for name, _sql in kept:
            cursor.execute(f'DROP TRIGGER "{name}"')
        for table in tables:
            cursor.execute(f'DELETE FROM "{table}"')
        for _name, sql in kept:
            cursor.execute(sql)
