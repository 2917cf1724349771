from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "tertia.act.network"
    label = "network"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.act.network import panels, rounds  # noqa: F401  app start
