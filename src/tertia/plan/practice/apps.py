from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "tertia.plan.practice"
    label = "practice"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.plan.practice import kinds, panels  # noqa: F401  app start
