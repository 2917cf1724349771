from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tertia.web"
    label = "web"
