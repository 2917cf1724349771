from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "tertia.core.messages"
    label = "outbox"
    default_auto_field = "django.db.models.BigAutoField"
