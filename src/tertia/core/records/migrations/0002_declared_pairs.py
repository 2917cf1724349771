"""The database itself refuses a link between two kinds that no relation declares."""

from django.db import migrations

PAIR = """SELECT 1 FROM records_declaredpair d, records_record a, records_record b
    WHERE a.id = NEW.lower_id AND b.id = NEW.upper_id AND d.relation = NEW.relation AND d.from_kind = a.kind AND d.to_kind = b.kind"""


def forward(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE OR REPLACE FUNCTION tertia_declared_pair() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT EXISTS ({PAIR}) "
            "THEN RAISE EXCEPTION 'no relation declares this pair'; END IF; RETURN NEW; END $$"
        )
        schema_editor.execute(
            "CREATE TRIGGER records_link_declared BEFORE INSERT OR UPDATE ON records_link FOR EACH ROW EXECUTE FUNCTION tertia_declared_pair()"
        )
    else:
        for event in ("INSERT", "UPDATE"):
            schema_editor.execute(
                f"CREATE TRIGGER records_link_declared_{event.lower()} BEFORE {event} ON records_link "
                f"WHEN NOT EXISTS ({PAIR}) BEGIN SELECT RAISE(ABORT, 'no relation declares this pair'); END"
            )


def backward(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER records_link_declared ON records_link")
    else:
        for event in ("insert", "update"):
            schema_editor.execute(f"DROP TRIGGER records_link_declared_{event}")


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
