from django.apps import AppConfig


class FacultyConfig(AppConfig):
    name = "tertia.plan.faculty"
    label = "faculty"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.plan.faculty import assignments_intake, facts, kinds, panels, posts_intake, rounds  # noqa: F401  app start
