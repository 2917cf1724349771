from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "tertia.tell.returns"
    label = "returns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.tell.returns import panels  # noqa: F401  app start
