from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "tertia.tell.site"
    label = "site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.tell.site import moved, panels, words  # noqa: F401  app start
