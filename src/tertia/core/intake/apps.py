from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "tertia.core.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tertia.core.intake import people, work  # noqa: F401  app start
        from tertia.core.records.event_words import declare_event_words  # app start

        declare_event_words(people.EVENT_WORDS)
