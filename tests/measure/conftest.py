"""A PostgreSQL of its own for the engine, whichever database the site is tested on."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tertia.measure.indicators.engine.sources.postgres_server import postgres_server


@pytest.fixture(scope="session", autouse=True)
def engine_server() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="tertia-engine-") as home, postgres_server(Path(home) / "server") as address:
        os.environ["TERTIA_ENGINE_POSTGRES"] = address
        yield address
        del os.environ["TERTIA_ENGINE_POSTGRES"]
