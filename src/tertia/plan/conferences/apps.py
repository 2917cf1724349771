from django.apps import AppConfig


class ConferencesConfig(AppConfig):
    name = "tertia.plan.conferences"
    label = "conferences"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.plan.conferences import kinds, panels, rounds, schema  # noqa: F401  app start
