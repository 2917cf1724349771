from importlib import import_module

from django.apps import AppConfig


class TargetsConfig(AppConfig):
    name = "tertia.measure.targets"
    label = "targets"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in ("kinds", "panels", "rounds", "beside"):
            import_module(f"tertia.measure.targets.{module}")
