from django.urls import path, re_path

from tertia.web import views

urlpatterns = [
    path("", views.home, name="home"),
    path("today/", views.today, name="today"),
    path("design/", views.design, name="design"),
    path("accessibility/", views.accessibility, name="accessibility"),
    re_path(r"^(?P<name>listen|plan|act|measure|tell)/$", views.stage, name="stage"),
]
