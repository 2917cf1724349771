from django.apps import AppConfig
from django.db.models.signals import post_migrate


def write_declared_pairs(**_: object) -> None:
    """Bring the table of declared pairs in line with the code."""
    from tertia.core.records.kinds import RELATIONS  # app start
    from tertia.core.records.models import DeclaredPair  # app start

    declared = {(r.name, a, b) for r in RELATIONS.values() for a, b in r.pairs}
    there = {(p.relation, p.from_kind, p.to_kind): p for p in DeclaredPair.objects.all()}
    for key in there.keys() - declared:
        there[key].delete()
    DeclaredPair.objects.bulk_create([DeclaredPair(relation=r, from_kind=a, to_kind=b) for r, a, b in sorted(declared - there.keys())])


class RecordsConfig(AppConfig):
    name = "tertia.core.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(write_declared_pairs, sender=self)
