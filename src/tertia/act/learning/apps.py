from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "tertia.act.learning"
    label = "learning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.act.learning import kinds, missing, panels  # noqa: F401  app start
        from tertia.act.learning.lti import rounds  # noqa: F401  app start
