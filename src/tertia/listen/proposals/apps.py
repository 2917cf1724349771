from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "tertia.listen.proposals"
    label = "proposals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.listen.proposals import kinds, moderated, panels  # noqa: F401  app start
