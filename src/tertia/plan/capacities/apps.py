from django.apps import AppConfig


class CapacitiesConfig(AppConfig):
    name = "tertia.plan.capacities"
    label = "capacities"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.plan.capacities import panels, rounds  # noqa: F401  app start
