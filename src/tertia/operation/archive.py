"""A backup as one file: a tar of the database's dump, the kept files, keys and settings, with the checksum of each at its end. No Django.

The manifest is the last member, because sums are taken while the others are written; a file that was cut off has none and is refused.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from tertia.core.checks.report import Problem

__all__ = ["DATABASE", "MANIFEST", "NotABackup", "Part", "check", "unpack", "write"]

MANIFEST, DATABASE = "MANIFEST.json", "database"
_BLOCK = 1 << 20


class NotABackup(ValueError):
    """The file is no backup, is cut off, or was changed. `problems` says where."""

    def __init__(self, words: str, problems: Iterable[Problem] = ()) -> None:
        super().__init__(words)
        self.problems = list(problems)


@dataclass(frozen=True)
class Part:
    """A file that goes into the archive under `name` (`files/ab/cd.jpg`)."""

    name: str
    path: Path


class _Hashing(io.RawIOBase):
    """Reads a file and sums what was read."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.sum, self.size = file, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        found = self.file.read(size)
        self.sum.update(found)
        self.size += len(found)
        return found

    def readable(self) -> bool:
        return True


@dataclass
class Manifest:
    """What stands in a backup. `about` is what its writer says of it: version, engine, moment, rows of each table."""

    about: dict[str, Any]
    files: dict[str, tuple[int, str]] = field(default_factory=dict)


def write(out: Path, parts: Iterable[Part], about: dict[str, Any]) -> Manifest:
    """Write the archive beside its place and put it there when it is whole; what fails leaves nothing. A file that vanishes meanwhile (it
    was erased) is left out. Only the owner may read it, for it holds keys."""
    made, partly = Manifest(about), out.with_name(out.name + ".part")
    try:
        with os.fdopen(os.open(partly, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w|", format=tarfile.PAX_FORMAT) as tar:
                for part in parts:
                    _add(tar, part, made)
                body = json.dumps({"about": about, "files": made.files}, ensure_ascii=False, indent=1).encode()
                tar.addfile(_info(MANIFEST, len(body), dt.datetime.now(dt.UTC).timestamp()), io.BytesIO(body))
            file.flush()
            os.fsync(file.fileno())
        partly.replace(out)
    finally:
        partly.unlink(missing_ok=True)
    return made


def _add(tar: tarfile.TarFile, part: Part, made: Manifest) -> None:
    try:
        file = part.path.open("rb")
    except FileNotFoundError:
        return
    with file:
        stat = os.fstat(file.fileno())
        reading = _Hashing(file)
        tar.addfile(_info(part.name, stat.st_size, stat.st_mtime), reading)  # type: ignore[arg-type]
        made.files[part.name] = (reading.size, reading.sum.hexdigest())


def _info(name: str, size: int, moment: float) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.size, made.mtime, made.mode = size, int(moment), 0o600
    return made


def _members(file: Path) -> Iterator[tuple[tarfile.TarInfo, Any]]:
    try:
        with tarfile.open(file, mode="r|") as tar:
            for info in tar:
                yield info, tar.extractfile(info) if info.isfile() else None
    except (tarfile.TarError, EOFError) as error:
        raise NotABackup(f"{file}: {error}") from error


def check(file: Path) -> Manifest:
    """Read it through and compare every sum. Raises NotABackup with a problem for each difference, OSError where it cannot be read."""
    found: dict[str, tuple[int, str]] = {}
    manifest: Manifest | None = None
    for info, body in _members(file):
        if info.name == MANIFEST and body is not None:
            manifest = _manifest(body.read())
            continue
        if body is None or manifest is not None:
            raise NotABackup(f"{file}: {info.name} does not belong into a backup")
        reading = _Hashing(body)
        try:
            while reading.read(_BLOCK):
                pass
        except tarfile.TarError as error:
            raise NotABackup(f"{file}: {info.name}: {error}") from error
        found[info.name] = (reading.size, reading.sum.hexdigest())
    if manifest is None:
        raise NotABackup(f"{file} has no manifest: it was cut off, or it is no backup of Tertia")
    problems = [Problem("missing", name, "It is named in the manifest and is not there.") for name in manifest.files.keys() - found.keys()]
    problems += [Problem("unknown", name, "The manifest does not name it.") for name in found.keys() - manifest.files.keys()]
    problems += [
        Problem("altered", name, "Its checksum is not the one it was written with.")
        for name in found.keys() & manifest.files.keys()
        if found[name] != manifest.files[name]
    ]
    if problems:
        raise NotABackup(f"{file} is not what was written", sorted(problems, key=lambda p: p.where))
    return manifest


def _manifest(body: bytes) -> Manifest:
    try:
        given = json.loads(body)
        return Manifest(dict(given["about"]), {str(k): (int(v[0]), str(v[1])) for k, v in given["files"].items()})
    except (ValueError, KeyError, TypeError) as error:
        raise NotABackup("the manifest is not readable") from error


def unpack(file: Path, home: Path) -> None:
    """Put every member but the manifest under a folder, readable by the owner alone. Only plain files with plain names are taken: a name
    that leads out of the folder, or a link, raises NotABackup."""
    home.mkdir(parents=True, exist_ok=True)
    for info, body in _members(file):
        if info.name == MANIFEST:
            continue
        parts = info.name.split("/")
        if body is None or "" in parts or ".." in parts or "\\" in info.name:
            raise NotABackup(f"{file}: {info.name} does not belong into a backup")
        place = home.joinpath(*parts)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            shutil.copyfileobj(body, out, _BLOCK)
