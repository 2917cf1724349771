from django.urls import path

from tertia.act.partnerships.views import agreements, desk

urlpatterns = [
    path("agreements/", agreements.agreement_list, name="agreements"),
    path("agreements/new/", agreements.agreement_new, name="agreement_new"),
    path("agreements/<slug:slug>/", agreements.agreement, name="agreement"),
    path("agreements/<slug:slug>/change/", agreements.agreement_change, name="agreement_change"),
    path("agreements/<slug:slug>/paper/", agreements.agreement_paper, name="agreement_paper"),
    path("partnerships/", desk.desk, name="partner_desk"),
    path("partnerships/register/", desk.register_page, name="register_organisation"),
    path("partnerships/registrations/", desk.registrations, name="registrations"),
    path("partnerships/doubles/", desk.doubles, name="doubles"),
    path("partnerships/watch/", desk.partnerships_watch, name="partnerships_watch"),
    path("organisations/<slug:slug>/contacts/", desk.contacts, name="contacts"),
    path("records/<int:pk>/assessment/", desk.assess, name="assess"),
]
