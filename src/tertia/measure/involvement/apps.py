from importlib import import_module

from django.apps import AppConfig


class InvolvementConfig(AppConfig):
    name = "tertia.measure.involvement"
    label = "involvement"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in ("kinds", "panels", "letters"):
            import_module(f"tertia.measure.involvement.{module}")
