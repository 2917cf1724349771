"""Trigrams of every record's folded words: an FTS5 table on SQLite, a trigram index on PostgreSQL."""

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE search_trigrams USING fts5(title, body, content='search_searchentry', content_rowid='record_id', tokenize='trigram')",
    "CREATE TRIGGER search_entry_added AFTER INSERT ON search_searchentry BEGIN "
    "INSERT INTO search_trigrams(rowid, title, body) VALUES (NEW.record_id, NEW.title, NEW.body); END",
    "CREATE TRIGGER search_entry_removed AFTER DELETE ON search_searchentry BEGIN "
    "INSERT INTO search_trigrams(search_trigrams, rowid, title, body) VALUES ('delete', OLD.record_id, OLD.title, OLD.body); END",
    "CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_searchentry BEGIN "
    "INSERT INTO search_trigrams(search_trigrams, rowid, title, body) VALUES ('delete', OLD.record_id, OLD.title, OLD.body); "
    "INSERT INTO search_trigrams(rowid, title, body) VALUES (NEW.record_id, NEW.title, NEW.body); END",
)
SQLITE_BACK = (
    "DROP TRIGGER search_entry_changed", "DROP TRIGGER search_entry_removed", "DROP TRIGGER search_entry_added", "DROP TABLE search_trigrams",
)
POSTGRES = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX search_entry_trigrams ON search_searchentry USING gin ((title || ' ' || body) gin_trgm_ops)",
)
POSTGRES_BACK = ("DROP INDEX search_entry_trigrams",)


def forward(apps, schema_editor):
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def backward(apps, schema_editor):
    for statement in POSTGRES_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
