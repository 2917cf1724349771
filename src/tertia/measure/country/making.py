"""A university's package, made on its own site from the records of today."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

from tertia.core.actions.actor import Actor
from tertia.core.facts.declare import FACTS
from tertia.core.keys.actions import make_key, signing_key
from tertia.measure.country.package import write_package
from tertia.measure.indicators.engine.compute import compute_all
from tertia.measure.indicators.engine.definition import definitions
from tertia.measure.indicators.queries import current_facts

__all__ = ["package_of"]


def package_of(owner: Any, period: str, now: dt.datetime) -> bytes:
    """The signed zip of a period and the one before it. The university's key is made when it has none here yet."""
    first = int(period[:4]) - 1
    before = f"{first}-{(first + 1) % 100:02d}"
    key = signing_key(owner)
    if key is None:
        make_key(by=Actor.system("package"), organisation=owner, on=now.date())
        key = signing_key(owner)
    with current_facts(owner, *FACTS) as facts:
        chosen = [d for d in definitions().values() if facts.hold(d) and d.period == "academic-year"]
        figures = list(compute_all(chosen, facts, organisations=[owner.slug], periods=[before, period]))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "package.zip"
        write_package(out, figures, organisation=owner.slug, title=str(owner.name), key=key, made_at=now)
        return out.read_bytes()
