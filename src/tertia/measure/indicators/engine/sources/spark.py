"""Apache Spark on this machine: the engine for a country that outgrows one embedded database."""

from __future__ import annotations

import os
import shutil
from functools import reduce
from typing import Any

import ibis

from tertia.measure.indicators.engine.folder import FactsError, Folder
from tertia.measure.indicators.engine.sources.base import Source

__all__ = ["Spark"]

_SQL = {"int": "BIGINT", "text": "STRING", "bool": "BOOLEAN", "date": "DATE"}


class Spark(Source):
    name = "spark"

    def __init__(self, folder: Folder) -> None:
        super().__init__(folder)
        if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
            raise FactsError("Spark needs Java; on Debian: apt-get install default-jre-headless")
        try:
            from pyspark.sql import SparkSession  # optional library
        except ImportError as error:
            raise FactsError(
                "Spark is not installed; run it by ./run tertia indicators compute --engine spark, which installs it"
            ) from error
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        cores = os.environ.get("TERTIA_SPARK_CORES", "2")
        self.session = (
            SparkSession.builder.master(f"local[{cores}]")
            .appName("tertia")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.memory", os.environ.get("TERTIA_SPARK_MEMORY", "3g"))
            .config("spark.sql.shuffle.partitions", "8")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.ansi.enabled", "true")
            .config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
            .getOrCreate()
        )
        self.session.sparkContext.setLogLevel("ERROR")
        self.connection: Any = ibis.pyspark.connect(self.session)

    def close(self) -> None:
        """Leave no table behind; the session itself serves the next folder of this process."""
        for name in self._tables:
            self.session.catalog.dropTempView(f"fact_{name}")

    def lay(self, name: str) -> None:
        kinds = {
            c.name: _SQL.get(c.type, f"DECIMAL({self.width(name)},{self.scale(name)})") for c in self.folder.tables[name].columns.values()
        }
        alike: dict[str, list[str]] = {}
        for file, schema in self.schemas(name):
            alike.setdefault(str(schema.remove_metadata()), []).append(file)
        frames = [self._read(name, files, kinds) for files in alike.values()]
        if not frames:
            typed = ", ".join(f"`{c}` {k}" for c, k in {**kinds, "organisation": "STRING", "year": "STRING"}.items())
            frames = [self.session.createDataFrame([], typed)]
        reduce(lambda a, b: a.unionByName(b), frames).createOrReplaceTempView(f"fact_{name}")

    def _read(self, name: str, files: list[str], kinds: dict[str, str]) -> Any:
        """Files of equal columns as the declared ones; Spark does not merge columns of different types."""
        frame = self.session.read.option("basePath", str(self.folder.path / name)).parquet(*files)
        there = set(frame.columns)
        chosen = [f"CAST({f'`{c}`' if c in there else 'NULL'} AS {k}) AS `{c}`" for c, k in kinds.items()]
        return frame.selectExpr(*chosen, "organisation", "year")
