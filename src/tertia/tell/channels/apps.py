from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "tertia.tell.channels"
    label = "channels"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.tell.channels import outbox, panels, words  # noqa: F401  app start
