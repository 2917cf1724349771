from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "tertia.measure.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.measure.indicators import kinds, panels, rounds  # noqa: F401  app start
