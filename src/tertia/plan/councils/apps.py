from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    name = "tertia.plan.councils"
    label = "councils"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.plan.councils import deeds, facts, kinds, panels  # noqa: F401  app start
        from tertia.plan.councils.views import letters  # noqa: F401  app start
