from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "tertia.act.projects"
    label = "projects"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.act.projects import facts, kinds, letters, panels, rounds  # noqa: F401  app start
