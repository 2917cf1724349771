from importlib import import_module

from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "tertia.measure.trust"
    label = "trust"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("tertia.measure.trust.panels")
