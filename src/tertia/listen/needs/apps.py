from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "tertia.listen.needs"
    label = "needs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.listen.needs import kinds, moderated, panels  # noqa: F401  app start
