"""An organisation taken whole from one installation and put into an empty one: `tertia export`, `tertia import`.

Numbers of rows stay, so that addresses, the journal's digests and numbers of records stay. What is of one installation stays behind
(`belonging.NOT_TAKEN`); keys and secrets too: passwords, private keys, secrets shared with other servers. Links in letters are derived
from the installation's secret, so they work in the new place only with the same `TERTIA_SECRET_KEY`.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from tertia import __version__
from tertia.core.files.models import StoredFile
from tertia.core.parties.models import Account, Organisation, Person
from tertia.core.records.models import Record
from tertia.core.search.index import index_records
from tertia.operation.archive import Part, check, unpack, write
from tertia.operation.belonging import Belonging, chunks, local_fields, taken_models

__all__ = ["NotMoved", "export", "take_in"]

FORM, ROWS_AT_ONCE = "tertia-organisation-1", 500
Tell = Callable[[str], None]


class _Whole(DjangoJSONEncoder):
    """Times with their microseconds: the journal's digests are of them."""

    def default(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, dt.datetime | dt.time) else super().default(value)


class NotMoved(ValueError):
    """The organisation cannot be exported or taken in: the sentence says why and what to do."""


def export(organisation: Organisation, out: Path, tell: Tell) -> dict[str, int]:
    """Write everything of an organisation into one file. Returns the rows of each table, its own and those of others that they name."""
    with tempfile.TemporaryDirectory(prefix="tertia-export-") as folder, _snapshot():
        tell("which rows belong")
        belonging = Belonging(organisation)
        parts, counts, left_out = [], {}, {}
        taken = {m: belonging.numbers(m) for m in taken_models()}
        for model in taken_models():
            label = model._meta.label
            tell(label)
            file = Path(folder) / f"{label}.jsonl"
            with file.open("w", encoding="utf-8") as lines:
                counts[label], without = _write_rows(belonging, model, taken, lines)
            if without:
                left_out[label] = without
            parts.append(Part(f"rows/{label}.jsonl", file))
        tell("files")
        parts += [
            Part(f"files/{stored.path}", Path(settings.MEDIA_ROOT) / stored.path)
            for stored in {s.sha256: s for s in belonging.rows(StoredFile).order_by("pk")}.values()
        ]
        about = {
            "form": FORM, "tertia": __version__, "organisation": organisation.slug, "made_at": dt.datetime.now(dt.UTC).isoformat(), "rows": counts,
            "left_out": left_out, "migrations": _migrations(),
        }  # fmt: skip
        out.parent.mkdir(parents=True, exist_ok=True)
        write(out, parts, about)
    tell("read through once more")
    check(out)
    return counts


@contextmanager
def _snapshot() -> Iterator[None]:
    """One moment for all tables, and nobody waits for it: readers of both engines see what stood there when it began."""
    if connection.in_atomic_block:  # a test's own transaction is a moment too
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("COMMIT")


def _write_rows(belonging: Belonging, model: type[models.Model], taken: dict[Any, set[Any]], lines: Any) -> tuple[int, int]:
    fields = local_fields(model)
    names = [f.attname for f in fields]
    own = belonging.rows(model)
    count = without = 0
    for mine, query in (
        (True, own),
        *((False, model._base_manager.filter(pk__in=chunk)) for chunk in chunks(belonging.named.get(model, set()))),
    ):
        for values in query.order_by("pk").values_list(*names).iterator(chunk_size=2000):
            row = dict(zip(names, values, strict=True))
            if not _whole(row, fields, taken):
                without += 1
                taken[model].discard(row[model._meta.pk.attname])
                continue
            _without_secrets(model, row, mine)
            lines.write(json.dumps([_plain(row[n]) for n in names], cls=_Whole, ensure_ascii=False) + "\n")
            count += 1
    return count, without


def _whole(row: dict[str, Any], fields: list[Any], taken: dict[Any, set[Any]]) -> bool:
    """Whether whatever the row names is taken too; a field that may be empty is emptied where it is not. The journal keeps numbers of what is gone."""
    for field in fields:
        if not isinstance(field, models.ForeignKey) or row[field.attname] is None or not field.db_constraint:
            continue
        there = taken.get(field.related_model)
        if there is None or row[field.attname] not in there:
            if not field.null:
                return False
            row[field.attname] = None
    return True


def _without_secrets(model: type[models.Model], row: dict[str, Any], mine: bool) -> None:
    if model is Account:
        row.update(password="!", is_staff=False, is_superuser=False)
    elif model._meta.label == "signin.IdentityProvider":
        row["sealed_secret"] = ""
    elif model is Organisation and not mine:
        row["hosts"], row["host_name"] = False, ""
    elif model is Person and not mine:  # somebody of another organisation: the name stands on pages, the rest is theirs
        row.update(email="", birth_date=None, key=None, account_id=None)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"base64": base64.b64encode(bytes(value)).decode()}
    return value.stored() if hasattr(value, "stored") else value


def _migrations() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def take_in(file: Path, tell: Tell) -> dict[str, int]:
    """Put an exported organisation into this empty installation, wholly or not at all. Raises NotMoved, NotABackup, OSError."""
    tell("checksums")
    manifest = check(file)
    about = manifest.about
    if about.get("form") != FORM:
        raise NotMoved(f"{file} is no export of an organisation; a backup is put back by `tertia restore`")
    if missing := sorted(set(_migrations()) ^ set(about["migrations"])):
        raise NotMoved(
            f"the file was written by Tertia {about['tertia']} and this is {__version__}: bring both to the same version first ({', '.join(missing[:3])} …)"
        )
    if Organisation.objects.exists() or Person.objects.exists() or Record.objects.exists():
        raise NotMoved("this installation is not empty; take it into a new one (another TERTIA_HOME and database)")
    with tempfile.TemporaryDirectory(prefix="tertia-import-") as folder:
        unpack(file, Path(folder))
        counts = _load(Path(folder), about, tell)
        for name in manifest.files:
            if name.startswith("files/"):
                place = Path(settings.MEDIA_ROOT) / name.removeprefix("files/")
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.move(Path(folder) / name, place)
    tell("search")
    for part in chunks(Record.objects.values_list("pk", flat=True)):
        index_records(Record.objects.filter(pk__in=part))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # the database looks at what came in, so that the first pages are as quick as the later ones
    return counts


def _load(folder: Path, about: dict[str, Any], tell: Tell) -> dict[str, int]:
    counts = {}
    try:
        with transaction.atomic():
            for model in taken_models():  # what every installation has from the start gives way: places and rules
                if model._meta.label in ("places.Place", "places.PlaceName", "rules.Rule"):
                    model._base_manager.all()._raw_delete(connection.alias)
            for model in taken_models():
                label = model._meta.label
                tell(label)
                counts[label] = _insert(model, folder / "rows" / f"{label}.jsonl")
                if counts[label] != about["rows"][label]:
                    raise NotMoved(f"{label}: {counts[label]} rows came in, {about['rows'][label]} were written")
            with connection.cursor() as cursor:
                for statement in connection.ops.sequence_reset_sql(no_style(), list(taken_models())):
                    cursor.execute(statement)
            connection.check_constraints()
    except IntegrityError as error:
        raise NotMoved(f"the rows do not fit together: {error}") from error
    return counts


def _insert(model: type[models.Model], file: Path) -> int:
    fields = local_fields(model)
    quote = connection.ops.quote_name
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(quote(f.column) for f in fields)}) VALUES ({', '.join(['%s'] * len(fields))})"
    count, batch = 0, []
    with connection.cursor() as cursor, file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                batch.append([_stored(f, v) for f, v in zip(fields, json.loads(line), strict=True)])
            except (ValueError, TypeError, ValidationError) as error:
                raise NotMoved(f"{file.name}, line {number}: {error}") from error
            count += 1
            if len(batch) == ROWS_AT_ONCE:
                cursor.executemany(statement, batch)
                batch = []
        if batch:
            cursor.executemany(statement, batch)
    return count


def _stored(field: Any, value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"base64"} and isinstance(field, models.BinaryField):
        value = base64.b64decode(value["base64"])
    return field.get_db_prep_save(field.to_python(value), connection)
