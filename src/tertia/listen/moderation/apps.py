from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "tertia.listen.moderation"
    label = "moderation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.listen.moderation import words  # noqa: F401  app start
