from django.urls import path

from tertia.act.learning.views import lti
from tertia.core.keys.views import keys
from tertia.core.signin import views as signin
from tertia.listen.research.views.exports import oai_pmh
from tertia.web import offline, views

urlpatterns = [
    path("", views.front, name="front"),
    path("keys.json", keys, name="keys"),
    path("robots.txt", views.robots, name="robots"),
    path("sw.js", offline.worker, name="worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("oai/", oai_pmh, name="oai_pmh"),
    path("sign-in/<slug:slug>/return/", signin.come_back, name="signin_return"),
    path("sign-in/<slug:slug>/assertion/", signin.take_assertion, name="signin_assertion"),
    path("sign-in/<slug:slug>/description.xml", signin.description, name="signin_description"),
    path("lti/login/", lti.lti_login, name="lti_login"),
    path("lti/launch/", lti.lti_launch, name="lti_launch"),
    path("lti/keys.json", lti.lti_keys, name="lti_keys"),
]
