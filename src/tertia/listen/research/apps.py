from django.apps import AppConfig


class ResearchConfig(AppConfig):
    name = "tertia.listen.research"
    label = "research"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.listen.research import facts, kinds, panels, works_intake  # noqa: F401  app start
        from tertia.listen.research.views import letters  # noqa: F401  app start
