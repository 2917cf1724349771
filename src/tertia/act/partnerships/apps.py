from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "tertia.act.partnerships"
    label = "partnerships"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.act.partnerships import facts, follow, kinds, panels, rounds  # noqa: F401  app start
        from tertia.act.partnerships.views import letters  # noqa: F401  app start
