"""A series of statistics to search engines: a Dataset with source, licence and its files."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from tertia.core.languages.templatetags.languages import plain
from tertia.core.records.schema import address_of, declare_schema, organisation_schema

__all__ = ["of_series"]


def of_series(series: Any) -> dict[str, Any]:
    file = address_of(reverse("series_file", kwargs={"slug": series.slug}))
    return {
        "@type": "Dataset", "description": plain(series.summary) or plain(series.title), "license": series.licence if series.licence.startswith("http") else "", "creator": organisation_schema(series.owner),
        "isBasedOn": series.source_url, "creditText": series.source, "variableMeasured": plain(series.unit_words), "spatialCoverage": "Kazakhstan",
        "distribution": [{"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": file}],
    }  # fmt: skip


declare_schema("series", of_series)
