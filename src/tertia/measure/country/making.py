"""A university's package, made on its own site from the records of today."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

from django.utils import timezone

from tertia.core.facts.declare import FACTS
from tertia.core.keys.actions import own_key
from tertia.core.keys.signing import Key
from tertia.core.periods.years import label_before
from tertia.measure.country.package import write_package
from tertia.measure.indicators.engine.compute import compute_all
from tertia.measure.indicators.engine.definition import definitions
from tertia.measure.indicators.engine.figures import Figure
from tertia.measure.indicators.queries import current_facts

__all__ = ["figures_of", "package_of", "zip_of"]


def package_of(owner: Any, period: str, now: dt.datetime) -> bytes:
    """The signed zip of a period and the one before it. The university's key is made when it has none here yet."""
    made_at = timezone.localtime(now)
    return zip_of(figures_of(owner, [label_before(period), period]), owner, own_key(owner, made_at.date()), made_at)


def figures_of(owner: Any, periods: list[str]) -> list[Figure]:
    """What the records of this site give for academic years, few persons included: hidden when the package is written."""
    with current_facts(owner, *FACTS) as facts:
        chosen = [d for d in definitions().values() if facts.hold(d) and d.period == "academic-year"]
        return list(compute_all(chosen, facts, organisations=[owner.slug], periods=periods))


def zip_of(figures: list[Figure], organisation: Any, key: Key, made_at: dt.datetime) -> bytes:
    """The bytes of a signed package."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "package.zip"
        write_package(out, figures, organisation=organisation.slug, title=str(organisation.name), key=key, made_at=made_at)
        return out.read_bytes()
