"""The database of a running test, for programs that a test starts beside itself."""

from __future__ import annotations

import os

from django.db import connection


def address_of_database() -> str:
    """As TERTIA_DATABASE says it."""
    name = connection.settings_dict["NAME"]
    return f"sqlite:///{name}" if connection.vendor == "sqlite" else address_on_this_server(str(name))


def address_on_this_server(name: str) -> str:
    """Of another database of the PostgreSQL that the test runs on."""
    return f"postgresql://postgres@/{name}?host={connection.settings_dict['HOST']}"


def environment(**more: str) -> dict[str, str]:
    """For a program that works on the test's own database."""
    return {**os.environ, "TERTIA_DATABASE": address_of_database(), "DJANGO_SETTINGS_MODULE": "tertia.settings", **more}
