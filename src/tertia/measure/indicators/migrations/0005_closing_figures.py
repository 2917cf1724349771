from django.db import migrations, models


def count(apps, schema_editor):
    """Fill in what the snapshots say; what stands today is looked at in the next night."""
    before = None
    closings = apps.get_model("indicators", "Closing").objects
    for closing in closings.order_by("owner", "period", "number").iterator(chunk_size=20):
        told = {(f["indicator"], f["breakdown"]): (f["value"], f["unit"]) for f in closing.snapshot["figures"] if f["state"] == "value"}
        earlier = before[1] if before and before[0] == (closing.owner_id, closing.period, closing.number - 1) else {}
        closings.filter(pk=closing.pk).update(figures=len(told), restated=sum(told.get(key) != words for key, words in earlier.items()))
        before = (closing.owner_id, closing.period, closing.number), told


class Migration(migrations.Migration):
    dependencies = [("indicators", "0004_own")]

    operations = [
        *(
            migrations.AddField(model_name="closing", name=name, field=models.PositiveIntegerField(default=0))
            for name in ("figures", "differing", "restated")
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
