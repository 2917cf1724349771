"""Writing a story out of a record, reviewing, publishing now or at an hour, correcting in the open, withdrawing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import OFFICE, roles, system
from tertia.core.files.models import StoredFile
from tertia.core.files.store import Taken, store
from tertia.core.languages.text import LANGUAGES, Text
from tertia.core.records.actions import join, move
from tertia.core.records.material import material_of
from tertia.core.records.models import Record, Visibility
from tertia.core.records.slugs import free_slug
from tertia.tell.stories.hooks import CHANGED, GONE, OUT, tell_others
from tertia.tell.stories.models import Correction, Quote, Story, StoryPicture

__all__ = [
    "add_picture", "change_story", "correct_story", "drop_piece", "publish_due", "publish_story", "quote_partner", "send_back", "send_story", "show_picture", "translate_story", "withdraw_story", "write_story",
]  # fmt: skip

MAY = roles(*OFFICE, of="story.owner_id")


@action("stories.write", may=roles(*OFFICE, of="owner.pk"))
def write_story(
    *, by: Any, owner: Any, title: Text, summary: Text, body: Text, tells: Record | None = None, demonstration: bool = False
) -> Story:
    """A draft. Out of a record it takes the pictures that may be shown, with their words and what those on them agreed to."""
    if not title:
        raise BadInput(Fault("title", _("Write a headline.")))
    made = Story(
        owner=owner, title=title, summary=summary, body=body, slug=free_slug(owner, "story", title), visibility=Visibility.OFFICE, author=by.person, responsible=by.person,
        place=tells.place if tells else None, demonstration=demonstration,
    )  # fmt: skip
    material = material_of(tells) if tells is not None else None
    if material is not None and any(p.consent for p in material.pictures):
        made.shows_people = True
    made.save()
    if material is not None:
        join(made, "tells", tells)
        for picture in material.pictures:
            StoryPicture(story=made, file=picture.file, words=picture.words, consent=picture.consent[:200]).save()
    return made


def rewritten(before: Text, now: Text) -> Text:
    """What is written now; a language that stayed as it was while the original changed is stale."""
    made = before
    order = [before.original, *(lang for lang in now.versions if lang != before.original)]
    for language in order:
        text = now.versions.get(language, ("", ""))[0]
        if text != before.versions.get(language, ("", ""))[0]:
            made = made.write(language, text)
    return made if before else now


@action("stories.change", may=MAY, about="story")
def change_story(
    *, by: Any, story: Story, title: Text, summary: Text, body: Text, shows_people: bool, consent_words: str, seen: str = ""
) -> Story:  # fmt: skip
    """A draft, or one with the reviewer. `seen`: when the version was written that the writer had before him; a newer one is never written over."""
    story = lock(story)
    require_state(story, "draft", "review", "scheduled")
    _write(story, title, summary, body, shows_people, consent_words, seen)
    if story.state == "scheduled":
        move(story, "draft")  # somebody has to look at it again before it comes out
    return story


def _write(story: Story, title: Text, summary: Text, body: Text, shows_people: bool, consent_words: str, seen: str) -> None:
    if seen and seen != story.changed_at.isoformat():
        raise BadInput(
            Fault(
                "body",
                _("Somebody has changed it meanwhile. Your text stands below; open the story beside it, join both, and keep it again."),
            )
        )
    if not title:
        raise BadInput(Fault("title", _("Write a headline.")))
    story.title, story.summary, story.body = rewritten(story.title, title), rewritten(story.summary, summary), rewritten(story.body, body)
    story.shows_people, story.consent_words = shows_people, consent_words.strip()[:300]
    story.save()


@action("stories.send", may=MAY, about="story")
def send_story(*, by: Any, story: Story) -> Story:
    """To the reviewer, when everything that publishing needs is there."""
    story = lock(story)
    _ready(story)
    move(story, "review")
    return story


def _ready(story: Story) -> None:
    faults = [Fault("summary", _("Write the lead: what happened, in two sentences."))] if not story.summary else []
    if not story.body:
        faults.append(Fault("body", _("The story has no text yet.")))
    if story.shows_people and not story.consent_words:
        faults.append(Fault("consent_words", _("Persons are named or shown: say how they agreed, and where that is kept.")))
    if any(not p.words for p in story.pictures.all()):
        faults.append(Fault("pictures", _("Every picture needs words for those who cannot see it.")))
    if any(q.agreed_on is None for q in story.quotes.all()):
        faults.append(Fault("quotes", _("A quotation is told when its speaker has agreed to it.")))
    if faults:
        raise BadInput(*faults)


@action("stories.send_back", may=roles("office", "leader", of="story.owner_id"), about="story")
def send_back(*, by: Any, story: Story) -> Story:
    story = lock(story)
    move(story, "draft")
    return story


@action("stories.publish", may=roles("office", "leader", of="story.owner_id"), about="story")
def publish_story(*, by: Any, story: Story, now: dt.datetime, at: dt.datetime | None = None) -> Story:
    """From the review, now or at an hour that is still to come. Whoever publishes is named inside as the reviewer."""
    story = lock(story)
    _ready(story)
    if at is not None and at <= now:
        raise BadInput(Fault("at", _("The hour has passed. Leave it empty to publish now.")))
    story.reviewed_by = by.person
    if at is not None:
        story.publish_at = at
        move(story, "scheduled")
        return story
    _publish(story, now)
    return story


def _publish(story: Story, now: dt.datetime) -> None:
    story.published_at, story.starts_on, story.visibility = now, timezone.localdate(now), Visibility.PUBLIC
    move(story, "published")
    tell_others(story, OUT)


@action("stories.publish_due", may=system, about="story")
def publish_due(*, by: Any, story: Story, now: dt.datetime) -> Story:
    """At its hour, once: whoever comes second finds it published."""
    story = lock(story)
    if story.state == "scheduled" and story.publish_at and story.publish_at <= now:
        _publish(story, story.publish_at)
    return story


@action("stories.correct", may=MAY, about="story")
def correct_story(
    *, by: Any, story: Story, title: Text, summary: Text, body: Text, shows_people: bool, consent_words: str, words: Text, on: dt.date, seen: str = ""
) -> Story:  # fmt: skip
    """What is published changes in the open only: the page says what was corrected and when."""
    if not words:
        raise BadInput(Fault("words", _("Say what is corrected; readers see it below the text.")))
    story = lock(story)
    require_state(story, "published")
    _write(story, title, summary, body, shows_people, consent_words, seen)
    _ready(story)
    Correction(story=story, on=on, words=words).save()
    tell_others(story, CHANGED)
    return story


@action("stories.withdraw", may=roles("office", "leader", of="story.owner_id"), about="story")
def withdraw_story(*, by: Any, story: Story, reason: Text) -> Story:
    """Its address stays and says that it was withdrawn, and why; its text is seen inside only."""
    if not reason:
        raise BadInput(Fault("reason", _("Say why; it stands at the story's address from now on.")))
    story = lock(story)
    require_state(story, "published")
    story.withdrawn_because = reason
    move(story, "withdrawn")
    tell_others(story, GONE)
    return story


@action("stories.quote", may=MAY, about="story")
def quote_partner(
    *, by: Any, story: Story, organisation: Any, words: Text, name: str = "", agreed_on: dt.date | None = None, agreed_how: str = ""
) -> Quote:  # fmt: skip
    """A partner's words. Without the day of the agreement the story does not come out."""
    require_state(story, "draft", "review", "published")
    if not words:
        raise BadInput(Fault("words", _("Write what was said.")))
    if story.state == "published" and agreed_on is None:
        raise BadInput(Fault("agreed_on", _("A quotation is told when its speaker has agreed to it.")))
    made = Quote(
        story=story,
        organisation=organisation,
        name=name.strip()[:200],
        words=words,
        agreed_on=agreed_on,
        agreed_how=agreed_how.strip()[:200],
    )
    made.save()
    tell_others(story, CHANGED)
    return made


@action("stories.show", may=MAY, about="story")
def show_picture(*, by: Any, story: Story, file: StoredFile, words: Text, consent: str) -> StoryPicture:
    require_state(story, "draft", "review", "published")
    if not words:
        raise BadInput(Fault("words", _("Every picture needs words for those who cannot see it.")))
    made = StoryPicture.objects.filter(story=story, file=file).first() or StoryPicture(story=story, file=file)
    made.words, made.consent = words, consent.strip()[:200]
    made.save()
    tell_others(story, CHANGED)
    return made


@action("stories.add_picture", may=MAY, about="story")
def add_picture(*, by: Any, story: Story, taken: Taken, name: str, words: Text, consent: str) -> StoryPicture:
    """A picture of the press office's own, drawn anew without place and camera. Who can be recognised on it has agreed, or nobody can."""
    require_state(story, "draft", "review", "published")
    if not taken.media_type.startswith("image/"):
        raise BadInput(Fault("file", _("This is no picture. Send JPEG, PNG or WebP.")))
    if not words:
        raise BadInput(Fault("words", _("Every picture needs words for those who cannot see it.")))
    made = StoryPicture(
        story=story, file=store(taken, name=name, owner=story.owner, record=story), words=words, consent=consent.strip()[:200]
    )
    made.save()
    if made.consent and not story.shows_people:
        story = lock(story)
        story.shows_people, story.consent_words = True, story.consent_words or made.consent
        story.save()
    tell_others(story, CHANGED)
    return made


@action("stories.translate", may=MAY, about="story")
def translate_story(*, by: Any, story: Story, language: str, title: str, summary: str, body: str, seen: str) -> Story:
    """Another language of a story, written beside the original; what stands there is up to date from then on. `seen`: as in `change_story`."""
    story = lock(story)
    require_state(story, "draft", "review", "scheduled", "published")
    if language == story.body.original or language not in LANGUAGES:
        raise BadInput(Fault("body", _("This is the language in which it was first written; change the story itself.")))
    if seen != story.changed_at.isoformat():
        raise BadInput(
            Fault(
                "body", _("Somebody has changed it meanwhile. Your text stands below; look at the original once more, and keep it again.")
            )
        )
    if bool(story.summary) and not summary.strip() or not title.strip() or not body.strip():
        raise BadInput(Fault("body", _("Translate the headline, the lead and the text; a half is shown to nobody.")))
    story.title, story.body = story.title.write(language, title), story.body.write(language, body)
    if summary.strip():
        story.summary = story.summary.write(language, summary)
    story.save()
    tell_others(story, CHANGED)
    return story


@action("stories.drop", may=roles(*OFFICE, of="piece.story.owner_id"))
def drop_piece(*, by: Any, piece: Any) -> Story:
    """A picture or a quotation is taken out; also of a published story, since consent may be taken back."""
    story: Story = piece.story
    piece.delete()
    tell_others(story, CHANGED)
    return story
