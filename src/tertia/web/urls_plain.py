from django.urls import path

from tertia.core.keys.views import keys
from tertia.web import offline, views

urlpatterns = [
    path("", views.front, name="front"),
    path("healthz", views.health, name="health"),
    path("keys.json", keys, name="keys"),
    path("robots.txt", views.robots, name="robots"),
    path("sw.js", offline.worker, name="worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
]
