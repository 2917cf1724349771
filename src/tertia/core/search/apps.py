from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save


def _index(instance: Any, **_: object) -> None:
    from tertia.core.records.models import Record  # app start
    from tertia.core.search.index import index_record  # app start

    if isinstance(instance, Record):
        index_record(instance)


class SearchConfig(AppConfig):
    name = "tertia.core.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_save.connect(_index, dispatch_uid="tertia.search")
