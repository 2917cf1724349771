"""Words of every record on PostgreSQL: text indexes of titles and of everything, and the words that occur, by which typing errors are mended.

`forms` is a word and what is left of it when one letter is taken out. The indexes are written at once: a list of what is yet to be written
would be read by every search.
"""

from django.db import migrations

POSTGRES = (
    "CREATE INDEX search_entry_title_words ON search_searchentry USING gin (to_tsvector('simple', title)) WITH (fastupdate = off)",
    "CREATE INDEX search_entry_words ON search_searchentry USING gin (to_tsvector('simple', title || ' ' || body)) WITH (fastupdate = off)",
    "CREATE TABLE search_word (word text PRIMARY KEY, forms text[] NOT NULL)",
    "CREATE INDEX search_word_forms ON search_word USING gin (forms) WITH (fastupdate = off)",
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
