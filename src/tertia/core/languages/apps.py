from django.apps import AppConfig


class LanguagesConfig(AppConfig):
    name = "tertia.core.languages"
    label = "languages"
