from django.apps import AppConfig


class MentionsConfig(AppConfig):
    name = "tertia.tell.mentions"
    label = "mentions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.tell.mentions import facts, kinds, list_intake, panels  # noqa: F401  app start
