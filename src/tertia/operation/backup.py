"""Backing up while the site runs, and restoring into an empty place; what was restored is compared with what was written."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tertia import __version__, settings_store
from tertia.operation.archive import DATABASE, Manifest, NotABackup, Part, check, unpack, write

__all__ = ["KEPT", "NotEmpty", "back_up", "prune", "restore", "restored_home", "unpack_into"]

#: what of the data folder goes into a backup, beside the database; what is made anew (static files, reports) does not
KEPT = ("files", "badges", "intake", "keys", "returns", "standards", "secret-key", "settings.env")
NAME = "tertia-%Y%m%d-%H%M%S.tar"
Tell = Callable[[str], Any]


class NotEmpty(RuntimeError):
    """There is something already where a backup is to be restored; nothing was touched."""


def back_up(folder: Path, tell: Tell) -> Path:
    """Write a backup into a folder and read it through once more. Raises OSError (disk full), DatabaseTrouble; then nothing is left of it."""
    from django.conf import settings  # app start

    from tertia.operation.databases import dump  # app start

    moment = dt.datetime.now(dt.UTC)
    folder.mkdir(parents=True, exist_ok=True)
    out = folder / moment.strftime(NAME)
    with tempfile.TemporaryDirectory(prefix=".tertia-backup-", dir=folder) as place:
        dumped = Path(place) / DATABASE
        tell("the database")
        rows = dump(dumped)
        tell("files and keys")
        write(out, [Part(DATABASE, dumped), *_parts(Path(settings.HOME))], _about(moment, rows))
    tell("read through once more")
    check(out)
    (Path(settings.HOME) / "last-backup").write_text(f"{moment.isoformat()}\n{out}\n", encoding="utf-8")
    return out


def _parts(home: Path) -> Iterator[Part]:
    for name in KEPT:
        place = home / name
        files = sorted(f for f in place.rglob("*") if f.is_file()) if place.is_dir() else [place] if place.is_file() else []
        yield from (Part(str(f.relative_to(home)), f) for f in files)


def _about(moment: dt.datetime, rows: dict[str, int]) -> dict[str, Any]:
    from django.conf import settings  # app start
    from django.db import connection  # app start

    from tertia.core.actions.models import Seal  # app start

    last = Seal.objects.order_by("-pk").first()
    return {
        "tertia": __version__, "engine": connection.vendor, "made_at": moment.isoformat(), "rows": rows,
        "secret": _mark(settings.SECRET_KEY), "last_seal": last.digest if last else "",
    }  # fmt: skip


def _mark(secret: str) -> str:
    """By which one sees whether the secret of an installation is the one that passes and keyed marks were made with, without knowing it."""
    return hashlib.sha256(f"tertia.backup.{secret}".encode()).hexdigest()[:16]


def prune(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest backups of a folder; other files are left alone."""
    there = sorted(folder.glob("tertia-????????-??????.tar"))
    gone = there[:-keep] if keep > 0 else []
    for file in gone:
        file.unlink()
    return gone


def unpack_into(file: Path, home: Path) -> Manifest:
    """Verify a backup and lay its files into an empty data folder. Raises NotABackup, NotEmpty. Django must not have been started for it."""
    manifest = check(file)
    there = sorted(p.name for p in home.iterdir()) if home.exists() else []
    if there:
        raise NotEmpty(f"{home} is not empty ({', '.join(there[:5])}); name an empty folder with --home")
    if DATABASE not in manifest.files:
        raise NotABackup(f"{file} holds no database")
    try:
        unpack(file, home)
    except (OSError, NotABackup):
        shutil.rmtree(home, ignore_errors=True)  # it was empty before
        raise
    return manifest


def restore(home: Path, manifest: Manifest, tell: Tell) -> list[str]:
    """Load the unpacked database into the empty one of the settings and bring it up to this version. Returns what differs: nothing, if all is well."""
    from django.conf import settings  # app start
    from django.core.management import call_command  # app start
    from django.db import connection  # app start

    from tertia.operation.databases import counts, is_empty, load  # app start

    dumped = home / DATABASE
    if connection.vendor != manifest.about.get("engine"):
        raise NotEmpty(
            f"the backup is of {manifest.about.get('engine')} and TERTIA_DATABASE names {connection.vendor}; restore into the same kind"
        )
    if not is_empty():
        raise NotEmpty("the database is not empty; create an empty one and name it with --database")
    connection.close()
    tell("the database")
    load(dumped)
    dumped.unlink()
    wanted, found = manifest.about.get("rows", {}), counts()
    differs = [f"{t}: {found.get(t)} rows, {n} were backed up" for t, n in wanted.items() if found.get(t) != n]
    if manifest.about.get("secret") != _mark(settings.SECRET_KEY):
        differs.append("TERTIA_SECRET_KEY is not the one of the backup: links that were sent and keyed marks of people do not fit any more")
    tell("up to this version")
    call_command("migrate", verbosity=0)
    return differs


def restored_home(home: Path, database: str) -> None:
    """Set the environment of this process to the restored place, before Django starts."""
    settings_store.move_to(home)
    if database:
        os.environ["TERTIA_DATABASE"] = database
