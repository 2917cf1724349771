"""Words of every record on PostgreSQL: text indexes of titles and of everything, and the list of words that occur, by which typing errors are mended."""

from django.db import migrations

POSTGRES = (
    "CREATE INDEX search_entry_title_words ON search_searchentry USING gin (to_tsvector('simple', title))",
    "CREATE INDEX search_entry_words ON search_searchentry USING gin (to_tsvector('simple', title || ' ' || body))",
    "CREATE TABLE search_word (word text PRIMARY KEY)",
    "CREATE INDEX search_word_trigrams ON search_word USING gin (word gin_trgm_ops)",
)
POSTGRES_BACK = ("DROP TABLE search_word", "DROP INDEX search_entry_words", "DROP INDEX search_entry_title_words")


def forward(apps, schema_editor):
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else ():
        schema_editor.execute(statement, params=None)


def backward(apps, schema_editor):
    for statement in POSTGRES_BACK if schema_editor.connection.vendor == "postgresql" else ():
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_trigrams")]
    operations = [migrations.RunPython(forward, backward)]
