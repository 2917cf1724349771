"""`tertia conversation bring` and `write`: conversations from elsewhere, and to elsewhere."""

from __future__ import annotations

import argparse
import sys

from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import TertiaError
from tertia.core.languages.text import Text
from tertia.core.parties.models import Organisation
from tertia.core.periods import clock
from tertia.listen.dialogue.exchange import bring_in, read_folder, write_folder
from tertia.listen.dialogue.jobs import draw
from tertia.listen.dialogue.models import Conversation
from tertia.listen.dialogue.opinion.votes import VotesUnreadable

__all__ = ["bring", "write"]


def bring(arguments: argparse.Namespace) -> int:
    """0 done, 2 unreadable or no such organisation."""
    owner = Organisation.objects.filter(slug=arguments.organisation, hosts=True).first()
    if owner is None:
        print(f"There is no university {arguments.organisation!r} here.", file=sys.stderr)
        return 2
    try:
        brought = read_folder(arguments.folder)
    except (VotesUnreadable, OSError, UnicodeDecodeError) as error:
        print(str(error), file=sys.stderr)
        return 2
    title = arguments.title or brought.title or arguments.folder.name
    try:
        made = bring_in(
            by=Actor.system("bring"), owner=owner, brought=brought, title=Text.of(arguments.language, **{arguments.language: title}),
            language=arguments.language, source=arguments.source, licence=arguments.licence, on=clock.today(), demonstration=owner.demonstration,
        )  # fmt: skip
    except TertiaError as error:
        print(error.sentence(), file=sys.stderr)
        return error.exit_code
    draw(made.pk)
    print(
        f"{brought.votes.shape[0]} voices, {len(brought.texts)} statements, {len(brought.votes)} votes: /conversations/{made.slug}/results/"
    )
    return 0


def write(arguments: argparse.Namespace) -> int:
    """0 done, 2 no such conversation that is public."""
    found = Conversation.objects.filter(slug=arguments.conversation, visibility="public").first()
    if found is None:
        print(f"There is no public conversation {arguments.conversation!r} here.", file=sys.stderr)
        return 2
    for file in write_folder(found, arguments.folder):
        print(file)
    return 0
