from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "tertia.tell.stories"
    label = "stories"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.tell.stories import facts, kinds, panels, rounds, schema  # noqa: F401  app start
