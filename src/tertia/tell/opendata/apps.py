from django.apps import AppConfig


class OpendataConfig(AppConfig):
    name = "tertia.tell.opendata"
    label = "opendata"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.tell.opendata import panels  # noqa: F401  app start
