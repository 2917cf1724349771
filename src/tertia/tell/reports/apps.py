from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "tertia.tell.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.tell.reports import kinds, panels  # noqa: F401  app start
