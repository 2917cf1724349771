from django.apps import AppConfig


class StartupsConfig(AppConfig):
    name = "tertia.act.startups"
    label = "startups"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.act.startups import facts, kinds, panels  # noqa: F401  app start
