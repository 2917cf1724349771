from django.apps import AppConfig


class AccreditationConfig(AppConfig):
    name = "tertia.tell.accreditation"
    label = "accreditation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.tell.accreditation import kinds, panels  # noqa: F401  app start
