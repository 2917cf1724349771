from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule


class FactsConfig(AppConfig):
    name = "tertia.measure.facts"
    label = "facts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every app declare its fact tables."""
        for config in apps.get_app_configs():
            if config.name.startswith("tertia.") and config.name != self.name and module_has_submodule(config.module, "facts"):
                import_module(f"{config.name}.facts")
