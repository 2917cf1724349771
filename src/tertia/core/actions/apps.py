from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "tertia.core.actions"
    label = "actions"
