from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule


class JobsConfig(AppConfig):
    name = "tertia.core.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every app declare its rounds and jobs."""
        for config in apps.get_app_configs():
            if config.name.startswith("tertia.") and config.name != self.name and module_has_submodule(config.module, "rounds"):
                import_module(f"{config.name}.rounds")
