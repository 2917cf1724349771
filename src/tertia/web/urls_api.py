"""The API: each app brings its part; this puts them together. OpenAPI 3.1 at /api/v1/openapi.json."""

from django.urls import path
from ninja import NinjaAPI

from tertia import __version__
from tertia.core.access.api import refuse_as_problems
from tertia.core.records.api import router as records
from tertia.listen.needs.api import router as needs
from tertia.measure.indicators.api import router as figures
from tertia.plan.conferences.api import router as resolutions

api = NinjaAPI(
    title="Tertia", version=__version__, description="The third mission of higher education.", docs_url=None, urls_namespace="api",
)  # fmt: skip
refuse_as_problems(api)
for router in (records, needs, resolutions, figures):
    api.add_router("", router)

urlpatterns = [path("", api.urls)]
