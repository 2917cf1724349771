"""The API: each app brings its part; this puts them together. OpenAPI 3.1 at /api/v1/openapi.json."""

from functools import cache

from django.urls import path
from ninja import NinjaAPI, Router

from tertia import __version__
from tertia.core.access.api import refuse_as_problems
from tertia.core.records.api import router as records
from tertia.listen.needs.api import router as needs
from tertia.measure.indicators.api import router as figures
from tertia.plan.conferences.api import router as resolutions
from tertia.web.api.actions import describe
from tertia.web.api.actions import router as actions
from tertia.web.api.contract import contract_of, contract_view
from tertia.web.api.rows import router as rows

ROUTERS = (records, rows, needs, resolutions, figures)


def made(name: str, *more: Router) -> NinjaAPI:
    found = NinjaAPI(
        title="Tertia", version=__version__, description="The third mission of higher education.", docs_url=None, openapi_url=None, urls_namespace=name
    )  # fmt: skip
    for router in (*ROUTERS, *more):
        found.add_router("", router)
    return found


@cache
def contract() -> str:
    """The contract as JSON, made when it is first asked for: describing every action takes seconds, for which no start should wait."""
    return contract_of(made("api-contract", describe()))


api = made("api", actions)
refuse_as_problems(api)
urlpatterns = [path("openapi.json", contract_view(contract), name="openapi"), path("", api.urls)]
