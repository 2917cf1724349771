from django.apps import AppConfig


class RegionConfig(AppConfig):
    name = "tertia.listen.region"
    label = "region"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.listen.region import kinds, panels, schema  # noqa: F401  app start
