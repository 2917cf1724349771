"""The review of all profiles: a campaign with a day, lines, and whoever looks at each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault, WrongState
from tertia.core.actions.policies import itself, one_of, roles
from tertia.core.languages.formatting import long_date
from tertia.core.languages.text import Text
from tertia.core.messages.outbox import write_letter
from tertia.core.parties.models import Membership, Person
from tertia.core.records.actions import join, move
from tertia.core.records.models import Record, Visibility
from tertia.core.records.slugs import free_slug
from tertia.plan.faculty.actions.profiles import content_of
from tertia.plan.faculty.models import Profile, ProfileReview, ReviewLine
from tertia.plan.faculty.vocabulary import OUTCOMES

__all__ = ["ask_to_look", "begin_review", "close_review", "hand_line", "review_line"]

RUNS = roles("office", "leader", of="review.owner_id")


@action("faculty.begin_review", may=roles("office", "leader", of="owner.pk"))
def begin_review(
    *, by: Any, owner: Any, title: Text, on: dt.date, due_on: dt.date, summary: Text | None = None, source: Record | None = None, demonstration: bool = False,
) -> ProfileReview:  # fmt: skip
    """Every profile in force or being written comes on the list; of a faculty's own profile its dean is asked, else whoever began it."""
    profiles = list(Profile.objects.filter(owner=owner).exclude(state="retired").order_by("pk"))
    faults = [] if title else [Fault("title", _("Say how the review is called."))]
    if due_on <= on:
        faults.append(Fault("due_on", _("The last day lies before the first one.")))
    if not profiles:
        faults.append(Fault("", _("There is no profile to look through. Write the profiles of your positions first.")))
    if faults:
        raise BadInput(*faults)
    made = ProfileReview(
        owner=owner, title=title, summary=summary or Text({}), starts_on=on, due_on=due_on, ends_on=due_on, responsible=by.person, author=by.person,
        slug=free_slug(owner, "profile-review", title), visibility=Visibility.ORGANISATION, demonstration=demonstration or owner.demonstration,
    )  # fmt: skip
    made.save()
    heads = dict(
        Membership.objects.in_force(on)
        .filter(organisation=owner, role="editor", unit__isnull=False)
        .order_by("-pk")
        .values_list("unit", "person")
    )
    people = Person.objects.in_bulk(heads.values())
    asked: dict[int, Person] = {}
    for profile in profiles:
        person = people.get(heads.get(profile.unit_id, 0)) or by.person
        ReviewLine(review=made, profile=profile, responsible=person).save()
        if person is not None:
            asked[person.pk] = person
    if source is not None:
        join(made, "fulfils", source)
    for person in asked.values():
        ask_to_look(made, person, "begun")
    return made


def ask_to_look(review: ProfileReview, person: Person, which: str) -> bool:
    """The letter to somebody who has profiles to look through, once for each `which`; False where no address is known."""
    due, title = review.due_on, review.title
    assert due is not None, "a review has its last day from the beginning"
    letter = write_letter(
        key=f"profile-review:{review.pk}:{person.pk}:{which}", to=person, organisation=review.owner, record=review,
        subject=gettext_noop("Profiles of positions to look through by %(day)s"),
        body=gettext_noop("%(title)s: for each profile on your list say which functions of the third mission it has now, or why it stays as it is."),
        values=lambda language: {"day": long_date(due, language), "title": title.read(language).text},
    )  # fmt: skip
    return letter is not None


@action("faculty.hand_line", may=RUNS, about="review")
def hand_line(*, by: Any, review: ProfileReview, line: ReviewLine, person: Person) -> ReviewLine:
    """Somebody else of the university looks at this profile."""
    if review.state != "underway" or line.done_on:
        raise WrongState(review, review.state, ("underway",))
    line.responsible = person
    line.save()
    ask_to_look(review, person, f"line{line.pk}")
    return line


@action("faculty.review_line", may=one_of(RUNS, itself("line.responsible_id")), about="review")
def review_line(*, by: Any, review: ProfileReview, line: ReviewLine, outcome: str, reason: str, on: dt.date) -> ReviewLine:
    """Say what was found. A profile that stays needs a reason; one that changed has to differ from what was in force before."""
    if review.state != "underway":
        raise WrongState(review, review.state, ("underway",))
    if outcome not in OUTCOMES:
        raise BadInput(Fault("outcome", _("Say whether the profile changes or stays.")))
    if outcome == "kept" and not reason.strip():
        raise BadInput(Fault("reason", _("Say why it stays as it is.")))
    if outcome == "changed" and not _changed(line.profile, review):
        raise BadInput(Fault("outcome", _("Nothing in this profile has changed since the review began. Write its functions first.")))
    line.outcome, line.reason, line.done_on = outcome, reason.strip()[:500], on
    line.save()
    return line


def _changed(profile: Profile, review: ProfileReview) -> bool:
    """Whether what is written now, or was approved since, differs from what was in force when the review began."""
    before = profile.versions.filter(approved_on__lt=review.starts_on).first()
    known = before.content if before else {"functions": [], "qualification": None}
    now = content_of(profile)
    return bool(now["functions"] != known["functions"] or (before is not None and now["qualification"] != known["qualification"]))


@action("faculty.close_review", may=RUNS, about="review")
def close_review(*, by: Any, review: ProfileReview, on: dt.date) -> ProfileReview:
    """Finish it when every profile was looked through."""
    review = lock(review)
    left = review.lines.filter(done_on=None).count()
    if left:
        raise BadInput(Fault("", _("%(n)d profiles are not looked through yet.") % {"n": left}))
    move(review, "closed")
    review.ends_on = on
    review.save()
    return review
