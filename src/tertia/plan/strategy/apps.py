from django.apps import AppConfig


class StrategyConfig(AppConfig):
    name = "tertia.plan.strategy"
    label = "strategy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.plan.strategy import kinds, panels, rounds, statements  # noqa: F401  app start
