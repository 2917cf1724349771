"""What a new installation needs before anything else: rules, regions."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from tertia.core.actions.actor import Actor
from tertia.core.languages.text import Text
from tertia.core.parties.actions import found_organisation, give_role, write_down_administrator
from tertia.core.parties.models import Organisation
from tertia.core.periods import clock
from tertia.core.places.actions import load_regions
from tertia.core.rules.actions import set_rule
from tertia.core.rules.models import Rule

__all__ = ["load_basics", "load_rules", "set_up_university"]

RULES = Path(__file__).resolve().parents[1] / "rules" / "data" / "rules.toml"


def load_basics(by: Actor) -> None:
    """Load the rules with which Tertia starts and the regions. A rule that is there is left as it is."""
    load_rules(by)
    load_regions(by=by)


def load_rules(by: Actor) -> None:
    there = set(Rule.objects.filter(organisation=None).values_list("name", "valid_from"))
    rows: list[dict[str, Any]] = tomllib.loads(RULES.read_text(encoding="utf-8"))["rule"]
    for row in rows:
        if (row["name"], row["valid_from"]) not in there:
            set_rule(
                by=by, name=row["name"], value=row["value"], valid_from=row["valid_from"], source=row["source"],
                words=Text.of("en", en=row["en"], ru=row["ru"], kk=row["kk"]),
            )  # fmt: skip


def set_up_university(by: Actor, *, slug: str, name: Text, admin: str) -> Organisation:
    """The university that keeps its records here, and its first administrator. Twice changes nothing."""
    university = Organisation.objects.filter(slug=slug).first() or found_organisation(
        by=by, slug=slug, kind="university", name=name, hosts=True, email=admin
    )
    person = write_down_administrator(by=by, organisation=university, email=admin)
    give_role(by=by, person=person, organisation=university, role="administrator", valid_from=clock.today())
    return university
