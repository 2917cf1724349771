"""Claims of a story beside what the records say of which it tells."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import OFFICE, roles, system
from tertia.core.languages.text import Text
from tertia.core.records.models import Record
from tertia.tell.mentions.models import StoryClaim
from tertia.tell.mentions.texts.claims import claims_of, unproven
from tertia.tell.stories.markup import as_words

__all__ = ["bear_out", "look_at_claims"]


@action("mentions.look_at_claims", may=system, about="story")
def look_at_claims(*, by: Any, story: Any, said: list[str]) -> Any:
    """What the story claims in the language in which it was first written, beside `said`, what its records say.

    A sentence that is gone takes its row with it; a person's word stays while the sentence does.
    """
    language = story.body.original
    words = ". ".join(as_words(t.versions.get(language, ("", ""))[0]) for t in (story.summary, story.body))
    claims = {c.key: c for c in claims_of(words)}
    states = dict.fromkeys(claims, StoryClaim.State.RECORDS) | {c.key: StoryClaim.State.OPEN for c in unproven(claims.values(), said)}
    there = {row.key: row for row in StoryClaim.objects.filter(story=story)}
    for key, row in there.items():
        if key not in claims:
            row.delete()
        elif row.state not in (StoryClaim.State.PERSON, states[key]):
            row.state = states[key]
            row.save()
    for key, claim in claims.items():
        if key not in there:
            StoryClaim(story=story, key=key, words=claim.words, language=language, state=states[key]).save()
    return story


@action("mentions.bear_out", may=roles(*OFFICE, of="claim.story.owner_id"))
def bear_out(*, by: Any, claim: StoryClaim, on: dt.date, source: Text, proof: Record | None = None) -> StoryClaim:
    """A person says where the claim is proven: a record that he may see, or a source in words."""
    if proof is None and not source:
        raise BadInput(Fault("source", _("Name the record or the source that proves it; else take the sentence out of the story.")))
    claim.state, claim.proof, claim.source, claim.said_on = StoryClaim.State.PERSON, proof, source, on
    claim.save()
    return claim
