from django.urls import path

from tertia.operation import metrics

urlpatterns = [
    path("healthz", metrics.live, name="health"),
    path("readyz", metrics.ready, name="ready"),
    path("metrics", metrics.metrics, name="metrics"),
]
