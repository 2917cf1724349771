from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "tertia.act.activities"
    label = "activities"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.act.activities import activities_intake, calendar_intake, deeds, hours_intake, kinds, material, panels, rounds, schema  # noqa: F401  app start
