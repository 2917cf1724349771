from django.apps import AppConfig


class DialogueConfig(AppConfig):
    name = "tertia.listen.dialogue"
    label = "dialogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.listen.dialogue import kinds, moderated, panels  # noqa: F401  app start
        from tertia.listen.dialogue.views import taking_part  # noqa: F401  app start
