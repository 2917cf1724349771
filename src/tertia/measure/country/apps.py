from importlib import import_module

from django.apps import AppConfig


class CountryConfig(AppConfig):
    name = "tertia.measure.country"
    label = "country"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in ("kinds", "panels", "hiding"):
            import_module(f"tertia.measure.country.{module}")
