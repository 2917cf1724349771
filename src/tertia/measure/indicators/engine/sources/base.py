"""What the engines have in common: unbound Ibis tables of the declared columns, and reading the files' columns."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tertia.measure.indicators.engine.folder import SCALE, FactsError, Folder, Partition
from tertia.measure.indicators.engine.later import ibis

__all__ = ["ENGINES", "Source"]

ENGINES = ("duckdb", "sqlite", "postgres", "spark")
ARROW = {"int": pa.int64(), "text": pa.string(), "bool": pa.bool_(), "date": pa.date32()}
_IBIS = {"int": "int64", "text": "string", "bool": "boolean", "date": "date"}


class Source:
    """Tables of a folder on one engine. `scaled`: decimals are kept as whole ten-thousandths, since the engine has none."""

    name = ""
    scaled = False

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self._tables: dict[str, Any] = {}
        self._scales: dict[str, int] = {}

    def close(self) -> None:
        """Free what the engine holds."""

    def table(self, name: str) -> Any:
        """The unbound table with its partition columns; its rows are laid into the engine at the first call."""
        if name not in self._tables:
            self._check(name)
            self.lay(name)
            self._tables[name] = ibis.table(self.ibis_schema(name), name=f"fact_{name}")
        return self._tables[name]

    def lay(self, name: str) -> None:
        raise NotImplementedError

    def run(self, expression: Any) -> list[dict[str, Any]]:
        """The rows of an expression over the tables."""
        return list(self.connection.to_pyarrow(expression).to_pylist())

    connection: Any = None

    def scale(self, table: str) -> int:
        """Digits after the point that decimals of a table keep."""
        return self._scales.get(table, SCALE)

    def exact(self, value: Any, table: str, column: str) -> Decimal:
        """A sum as the decimal that it is."""
        made = Decimal(value if value is not None else 0)
        if self.scaled and self.folder.tables[table].columns[column].type == "decimal":
            made = made.scaleb(-self.scale(table))
        return made

    def ibis_schema(self, name: str) -> Any:
        decimal = "int64" if self.scaled else f"decimal({self.width(name)},{self.scale(name)})"
        types = {c.name: _IBIS.get(c.type, decimal) for c in self.folder.tables[name].columns.values()}
        return ibis.schema({**types, "organisation": "string", "year": "string"})

    def arrow_schema(self, name: str) -> pa.Schema:
        decimal = pa.decimal128(self.width(name), self.scale(name))
        return pa.schema([pa.field(c.name, ARROW.get(c.type, decimal)) for c in self.folder.tables[name].columns.values()])

    def files(self, name: str) -> Iterator[tuple[Partition, str]]:
        for part in self.folder.partitions(name):
            for file in part.files:
                yield part, str(file)

    def schemas(self, name: str) -> Iterator[tuple[str, pa.Schema]]:
        """Each file with its own columns; they may differ where one was written by another version. Raises FactsError."""
        for _, file in self.files(name):
            try:
                yield file, pq.read_schema(file)
            except (pa.ArrowInvalid, OSError) as error:
                raise FactsError(f"{file}: this is not Parquet ({error}); export the facts again") from error

    def _check(self, name: str) -> None:
        """Decimals must be decimals, or sums would not be exact; as many digits are kept as the finest file has."""
        decimals = [c.name for c in self.folder.tables[name].columns.values() if c.type == "decimal"]
        if not decimals:
            return
        for file, there in self.schemas(name):
            for column in decimals:
                index = there.get_field_index(column)
                if index < 0:
                    continue
                kind = there.field(index).type
                if pa.types.is_floating(kind):
                    raise FactsError(f"{file}: the column {column} holds floating-point numbers; write decimals, so that sums are exact")
                if pa.types.is_decimal(kind):
                    self._scales[name] = max(self.scale(name), kind.scale)

    def width(self, name: str) -> int:
        """Digits of a decimal: 18 fit a machine word; more only where a file is finer than six digits after the point."""
        return 18 if self.scale(name) <= 6 else 38

    def batches(self, name: str) -> Iterator[tuple[Partition, pa.Table]]:
        """The rows of every file as the declared columns; a column that an older file lacks is empty."""
        schema = self.arrow_schema(name)
        for part, file in self.files(name):
            read = pq.ParquetFile(file).read()
            columns = [
                _cast(read.column(f.name), f.type) if f.name in read.column_names else pa.nulls(read.num_rows, f.type) for f in schema
            ]
            yield part, pa.table(columns, schema=schema)


def _cast(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    """The declared type; whole numbers become decimals by way of the widest, since Arrow looks at the type and not at the values."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    return column.cast(pa.decimal128(38, kind.scale)).cast(kind) if pa.types.is_decimal(kind) else column.cast(kind)
