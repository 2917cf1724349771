"""The engines: each puts the tables of a folder of facts where the same Ibis expression can be run over them."""

from __future__ import annotations

from tertia.measure.indicators.engine.folder import Folder
from tertia.measure.indicators.engine.sources.base import ENGINES, Source

__all__ = ["ENGINES", "Source", "open_source"]


def open_source(folder: Folder, engine: str) -> Source:
    """The engine over a folder. Raises FactsError where it is not installed."""
    if engine == "duckdb":
        from tertia.measure.indicators.engine.sources.duckdb import DuckDB  # slow library

        return DuckDB(folder)
    if engine == "sqlite":
        from tertia.measure.indicators.engine.sources.sqlite import SQLite  # slow library

        return SQLite(folder)
    if engine == "postgres":
        from tertia.measure.indicators.engine.sources.postgres import Postgres  # slow library

        return Postgres(folder)
    if engine == "spark":
        from tertia.measure.indicators.engine.sources.spark import Spark  # optional library

        return Spark(folder)
    raise ValueError(f"there is no engine {engine!r}; there are {', '.join(ENGINES)}")
