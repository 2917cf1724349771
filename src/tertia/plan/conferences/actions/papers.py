"""Calling for papers, sending them in, reviewing them blindly, deciding, giving DOIs.

What authors and reviewers do leaves no person in the journal: a dean who reads the conference's events may be on the other side.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault, NotAllowed, WrongState
from tertia.core.actions.policies import OFFICE, itself, one_of, roles, signed_in
from tertia.core.languages.formatting import long_date
from tertia.core.languages.text import Text
from tertia.core.messages.outbox import write_letter
from tertia.core.rules.queries import rule_on
from tertia.plan.conferences.blindness import clean_orcid, may_review, reveals
from tertia.plan.conferences.models import Conference, Paper, PaperAuthor, PaperReview, Session, Talk
from tertia.plan.conferences.proceedings import doi_for

__all__ = [
    "By", "ask_review", "call_for_papers", "change_paper", "decide_paper", "give_dois", "refuse_review", "review_paper", "send_paper", "withdraw_paper",
]  # fmt: skip

KEEPS = roles(*OFFICE, of="paper.conference.owner_id")


@dataclass(frozen=True)
class By:
    """An author as the paper prints him."""

    name: str
    affiliation: str = ""
    orcid: str = ""


@action("conferences.call_for_papers", may=roles(*OFFICE, of="conference.owner_id"), about="conference")
def call_for_papers(*, by: Any, conference: Conference, until: dt.date | None, words: Text) -> Conference:
    """Open the call until a day (in), or close it: without a day nothing can be sent."""
    conference = lock(conference)
    if until is not None and conference.starts_on is not None and until > conference.starts_on:
        raise BadInput(Fault("until", _("The call ends before the conference begins.")))
    conference.papers_until, conference.papers_words = until, words
    conference.save()
    return conference


def _faults(
    conference: Conference, title: Text, abstract: Text, authors: Sequence[By], section: Session | None
) -> tuple[list[Fault], list[By]]:
    faults = [] if title else [Fault("title", _("Say how the paper is called."))]
    if not abstract:
        faults.append(Fault("abstract", _("Write what the paper says.")))
    if not authors:
        faults.append(Fault("authors", _("Name at least one author.")))
    clean = []
    for one in authors:
        try:
            clean.append(By(one.name.strip()[:200], one.affiliation.strip()[:300], clean_orcid(one.orcid)))
        except ValueError:
            faults.append(Fault("authors", _("“%(said)s” is no ORCID; look at its last sign.") % {"said": one.orcid}))
    if section is not None and section.conference_id != conference.pk:
        faults.append(Fault("section", _("Choose a section of this conference.")))
    for name, text in (("title", title), ("abstract", abstract)):
        told = [
            w
            for version in text.versions.values()
            for w in reveals(version[0], [a.name for a in authors], [a.affiliation for a in authors])
        ]
        if told:
            faults.append(
                Fault(
                    name,
                    _("Reviewers are not to know who wrote it, but here stands: %(words)s.") % {"words": ", ".join(dict.fromkeys(told))},
                )
            )
    return faults, clean


def _open(conference: Conference, on: dt.date) -> None:
    if conference.papers_until is None or on > conference.papers_until:
        raise BadInput(Fault("", _("The call for papers is closed.")))


@action("conferences.send_paper", may=signed_in, traceless=True)
def send_paper(
    *, by: Any, conference: Conference, title: Text, abstract: Text, authors: Sequence[By], on: dt.date, section: Session | None = None
) -> Paper:
    """Send a paper in while the call is open. Raises BadInput, also where title or abstract tell who wrote it."""
    conference = lock(conference)
    _open(conference, on)
    faults, clean = _faults(conference, title, abstract, authors, section)
    if faults:
        raise BadInput(*faults)
    last = Paper.objects.filter(conference=conference).order_by("-number").values_list("number", flat=True).first() or 0
    made = Paper(conference=conference, sender=by.person, number=last + 1, title=title, abstract=abstract, section=section, sent_on=on)
    made.save()
    _print(made, clean)
    return made


def _print(paper: Paper, authors: Sequence[By]) -> None:
    paper.authors.all().delete()
    for n, one in enumerate(authors, 1):
        PaperAuthor(paper=paper, position=n, name=one.name, affiliation=one.affiliation, orcid=one.orcid).save()


@action("conferences.change_paper", may=itself("paper.sender_id"), about="paper", traceless=True)
def change_paper(
    *, by: Any, paper: Paper, title: Text, abstract: Text, authors: Sequence[By], on: dt.date, section: Session | None = None
) -> Paper:
    """While the call is open and nobody reviews it yet."""
    paper = lock(paper)
    _open(paper.conference, on)
    if paper.state != "sent" or paper.reviews.exists():
        raise WrongState(paper, "being reviewed", ("sent",))
    faults, clean = _faults(paper.conference, title, abstract, authors, section)
    if faults:
        raise BadInput(*faults)
    paper.title, paper.abstract, paper.section = title, abstract, section
    paper.save()
    _print(paper, clean)
    return paper


@action("conferences.withdraw_paper", may=itself("paper.sender_id"), about="paper", traceless=True)
def withdraw_paper(*, by: Any, paper: Paper) -> Paper:
    paper = lock(paper)
    if paper.state != "sent":
        raise WrongState(paper, paper.state, ("sent",))
    paper.state = "withdrawn"
    paper.save()
    return paper


@action("conferences.ask_review", may=KEEPS)
def ask_review(*, by: Any, paper: Paper, reviewer: Any, on: dt.date) -> PaperReview:
    """Ask somebody who is none of the authors. The letter names the paper, not its authors."""
    paper = lock(paper)
    if paper.state != "sent":
        raise WrongState(paper, paper.state, ("sent",))
    if reviewer.pk == paper.sender_id or not may_review(reviewer.name, [a.name for a in paper.authors.all()]):
        raise BadInput(Fault("reviewer", _("An author does not review the own paper.")))
    if paper.reviews.filter(reviewer=reviewer).exists():
        raise BadInput(Fault("reviewer", _("This person was asked already.")))
    days = rule_on("paper.review_days", on, paper.conference.owner)
    made = PaperReview(paper=paper, reviewer=reviewer, asked_on=on, due_on=on + dt.timedelta(days=days))
    made.save()
    title, due = paper.title, made.due_on
    write_letter(
        key=f"paper-review:{made.pk}", to=reviewer, organisation=paper.conference.owner, record=paper.conference,
        subject=gettext_noop("A paper to review by %(day)s"),
        body=gettext_noop("“%(title)s”. Who wrote it is not told to you, nor who reviews it to the authors. If you know the work too well, refuse."),
        values=lambda language: {"title": title.read(language).text, "day": long_date(due, language)},
    )  # fmt: skip
    return made


@action("conferences.refuse_review", may=itself("review.reviewer_id"), about="review", traceless=True)
def refuse_review(*, by: Any, review: PaperReview, on: dt.date) -> PaperReview:
    if review.done_on or review.refused_on:
        raise WrongState(review, "answered", ("asked",))
    review.refused_on = on
    review.save()
    return review


@action("conferences.review_paper", may=itself("review.reviewer_id"), about="review", traceless=True)
def review_paper(*, by: Any, review: PaperReview, mark: int, words: str, note: str, on: dt.date) -> PaperReview:
    """Mark from -2 to 2 with words for the authors; may be changed until it is decided. A word that tells the reviewer's name is refused."""
    paper = lock(review.paper)
    if review.refused_on or paper.state != "sent":
        raise WrongState(review, "closed", ("asked",))
    faults = [] if mark in range(-2, 3) else [Fault("mark", _("Choose one of the five marks."))]
    if not words.strip():
        faults.append(Fault("words", _("Tell the authors why.")))
    elif reveals(words, [by.person.name]):
        faults.append(Fault("words", _("Your name stands in what the authors read.")))
    if faults:
        raise BadInput(*faults)
    review.mark, review.words, review.note, review.done_on = mark, words.strip()[:3000], note.strip()[:1000], on
    review.save()
    return review


@action("conferences.decide_paper", may=one_of(KEEPS), about="paper")
def decide_paper(*, by: Any, paper: Paper, accept: bool, words: Text, on: dt.date, section: Session | None = None) -> Paper:
    """Accept or decline. An accepted paper becomes a topic of its section. Without a single review the decision needs words.

    Whoever sent it decides nothing on it.
    """
    paper = lock(paper)
    if by.person_id is not None and by.person_id == paper.sender_id:
        raise NotAllowed("conferences.decide_paper")
    if paper.state != "sent":
        raise WrongState(paper, paper.state, ("sent",))
    section = section or paper.section
    faults = []
    if accept and section is None:
        faults.append(Fault("section", _("Say in which section it is spoken.")))
    if not words and not paper.reviews.filter(done_on__isnull=False).exists():
        faults.append(Fault("words", _("Nobody has reviewed it. Tell the authors why it is decided so.")))
    if faults:
        raise BadInput(*faults)
    paper.state, paper.decided_on, paper.decision, paper.section = "accepted" if accept else "declined", on, words, section
    if accept and section is not None:
        speakers = ", ".join(a.name for a in paper.authors.all())[:200]
        talk = Talk(session=section, title=paper.title, speaker=speakers, position=section.talks.count() + 1)
        talk.save()
        paper.talk = talk
    paper.save()
    if paper.sender is not None:
        title = paper.title
        write_letter(
            key=f"paper:{paper.pk}:{paper.state}", to=paper.sender, organisation=paper.conference.owner, record=paper.conference,
            subject=gettext_noop("Your paper is accepted: %(title)s") if accept else gettext_noop("Your paper is not accepted: %(title)s"),
            body=gettext_noop("What the reviewers say stands on the page of the paper."), values=lambda language: {"title": title.read(language).text},
        )  # fmt: skip
    return paper


@action("conferences.give_dois", may=roles("office", "leader", of="conference.owner_id"), about="conference")
def give_dois(*, by: Any, conference: Conference, prefix: str) -> Conference:
    """Give each accepted paper that has none a DOI under the university's prefix; a DOI once given stays."""
    try:
        doi_for(prefix.strip(), conference.slug, 0)
    except ValueError as error:
        raise BadInput(
            Fault("prefix", _("“%(said)s” is no DOI prefix. Write it as your agency gave it, such as 10.12345.") % {"said": prefix})
        ) from error
    rows = Paper.objects.filter(conference=conference, state="accepted", doi="")
    if not rows.exists():
        raise BadInput(Fault("prefix", _("Every accepted paper has its DOI.")))
    for paper in rows:
        paper.doi = doi_for(prefix.strip(), conference.slug, paper.number)
        paper.save()
    return conference
