from django.urls import path

from tertia.core.messages import views

urlpatterns = [path("mailbox/", views.mailbox, name="mailbox")]
