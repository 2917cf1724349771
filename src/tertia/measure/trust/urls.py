from django.urls import path

from tertia.measure.trust import views

urlpatterns = [path("trust/", views.signs, name="signs")]
