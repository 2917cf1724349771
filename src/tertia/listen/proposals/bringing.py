"""Bringing a city's proposals in: once each, by where they come from and their number there."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from typing import Any

from tertia.core.actions.action import action
from tertia.core.actions.actor import Actor
from tertia.core.actions.policies import OFFICE, one_of, roles, system
from tertia.core.languages.text import Text
from tertia.core.parties.models import Organisation
from tertia.core.periods import clock
from tertia.core.records.models import Visibility
from tertia.core.records.slugs import free_slug
from tertia.listen.proposals.city import CityProposal, read_city
from tertia.listen.proposals.commands import named_columns
from tertia.listen.proposals.models import Proposal

__all__ = ["bring", "bring_proposals"]


@action("proposals.bring_in", may=one_of(roles(*OFFICE, of="owner.pk"), system))
def bring_proposals(*, by: Any, owner: Any, rows: list[CityProposal], source: str, language: str, on: dt.date) -> int:
    """Keep proposals from elsewhere; those that are here already are left as they are. Returns how many are new."""
    there = set(Proposal.objects.filter(owner=owner, source__startswith=f"{source[:380]} · ").values_list("source", flat=True))
    count = 0
    for row in rows:
        mark = f"{source[:380]} · {row.id or row.line}"
        if mark in there:
            continue
        there.add(mark)
        title = _text(row.title, language, 200)
        day = dt.date.fromisoformat(row.on) if row.on else on
        Proposal(
            owner=owner, title=title, summary=_text(row.text, language, 6000), proposed_on=day, starts_on=day, source=mark,
            source_url=row.url if row.url.startswith("http") and len(row.url) <= 500 else "", slug=free_slug(owner, "proposal", title),
            visibility=Visibility.PUBLIC, demonstration=owner.demonstration,
        ).save()  # fmt: skip
        count += 1
    return count


def _text(words: dict[str, str], language: str, longest: int) -> Text:
    named = {lang or language: text[:longest] for lang, text in words.items()}
    return Text.of(language if language in named else next(iter(named), language), **named)


def bring(arguments: argparse.Namespace) -> int:
    """0 done, 2 unreadable or no such organisation."""
    owner = Organisation.objects.filter(slug=arguments.organisation, hosts=True).first()
    if owner is None:
        print(f"There is no university {arguments.organisation!r} here.", file=sys.stderr)
        return 2
    try:
        rows = read_city(arguments.file, wanted=tuple(arguments.wanted), columns=named_columns(arguments.columns))
    except (OSError, ValueError) as error:
        print(str(error), file=sys.stderr)
        return 2
    count = bring_proposals(
        by=Actor.system("bring"), owner=owner, rows=rows, source=arguments.source, language=arguments.language, on=clock.today()
    )  # fmt: skip
    print(f"{count} new, {len(rows) - count} were here already")
    return 0
