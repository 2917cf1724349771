from django.apps import AppConfig


class VolunteeringConfig(AppConfig):
    name = "tertia.act.volunteering"
    label = "volunteering"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.act.volunteering import cohort_work, kinds, panels, rounds  # noqa: F401  app start
