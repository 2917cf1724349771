from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "tertia.listen.surveys"
    label = "surveys"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.listen.surveys import kinds, panels  # noqa: F401  app start
