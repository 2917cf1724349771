from django.apps import AppConfig


class MoneyConfig(AppConfig):
    name = "tertia.core.money"
    label = "money"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.core.money import facts, panels, words  # noqa: F401  app start
