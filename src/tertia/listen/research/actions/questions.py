"""A question of the region: asked by who owns it, offered to chairs, taken, and handed back in plain words."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import OFFICE, one_of, roles
from tertia.core.languages.text import Text
from tertia.core.messages.outbox import write_letter
from tertia.core.records.actions import answer_owed, ask_body, join, move
from tertia.core.records.models import OwedAnswer, Record, Visibility
from tertia.core.records.slugs import free_slug
from tertia.listen.research.models import Question, Study, Topic

__all__ = ["answer_offer", "ask_question", "give_up_topic", "hand_back", "offer_topic"]

SPEAKS = ("office", "leader", "partner", "editor")


@action("research.ask", may=one_of(roles(*SPEAKS, of="body.pk"), roles(*OFFICE, of="owner.pk")))
def ask_question(
    *, by: Any, owner: Any, body: Any, title: Text, summary: Text, decides: Text, on: dt.date, data: Text | None = None, place: Any = None,
    wanted_by: dt.date | None = None, about: Record | None = None, demonstration: bool = False,
) -> Question:  # fmt: skip
    """A body asks what it would need to know. It is public at once: its owner stands for it by name. Raises BadInput."""
    faults = [Fault("title", _("Write the question in one sentence."))] if not title else []
    if not decides:
        faults.append(Fault("decides", _("Say what would be decided otherwise if the answer were known; without that nobody needs it.")))
    if wanted_by is not None and wanted_by <= on:
        faults.append(Fault("wanted_by", _("The day by which it is wanted has passed.")))
    if faults:
        raise BadInput(*faults)
    made = Question(
        owner=owner, body=body, title=title, summary=summary, decides=decides, data=data or Text({}), place=place, asked_on=on, starts_on=on, due_on=wanted_by,
        author=by.person, slug=free_slug(owner, "regional-question", title), visibility=Visibility.PUBLIC, demonstration=demonstration,
    )  # fmt: skip
    made.save()
    if about is not None:
        join(made, "asks-of-science", about)
    return made


@action("research.offer_topic", may=roles(*OFFICE, of="question.owner_id"), about="question")
def offer_topic(*, by: Any, question: Question, chair: Any, level: str, on: dt.date) -> Topic:
    """Offer it to a chair as a topic. A chair has one open offer of a level at a time."""
    question = lock(question)
    require_state(question, "asked", "offered", "taken")
    if chair.kind != "unit" or level not in Topic.Level.values:
        raise BadInput(Fault("chair", _("Choose a faculty or a chair from the list.")))
    found = Topic.objects.filter(question=question, chair=chair, level=level, state__in=("offered", "taken")).first()
    if found is not None:
        return found
    made = Topic(question=question, chair=chair, level=level, offered_on=on)
    made.save()
    if question.state == "asked":
        move(question, "offered")
    return made


#: who answers for a chair: those who work for it, or for the faculty above it, or the office of the university
MAY_ANSWER_OFFER = one_of(
    roles("editor", "office", "leader", of="topic.chair_id"), roles("editor", "office", "leader", of="topic.chair.parent_id"),
    roles(*OFFICE, of="topic.question.owner_id"),
)  # fmt: skip


@action("research.answer_offer", may=MAY_ANSWER_OFFER, about="topic")
def answer_offer(
    *, by: Any, topic: Topic, takes: bool, on: dt.date, supervisor: Any = None, student: str = "", reason: Text | None = None, due_on: dt.date | None = None
) -> Topic:  # fmt: skip
    """The chair takes it, naming who supervises; or not, with a reason that the owner of the question reads. Taken, the university owes a summary."""
    question = lock(Question.objects.get(pk=topic.question_id))
    topic = lock(topic)
    require_state(topic, "offered")
    if takes and supervisor is None:
        raise BadInput(Fault("supervisor", _("Name who supervises it.")))
    if not takes and not reason:
        raise BadInput(Fault("reason", _("Say why not; whoever asked reads it.")))
    if due_on is not None and due_on <= on:
        raise BadInput(Fault("due_on", _("The day of the summary has to be still to come.")))
    topic.state, topic.answered_on, topic.reason = "taken" if takes else "refused", on, reason or Text({})
    topic.supervisor, topic.student = supervisor if takes else None, student.strip()[:200] if takes else ""
    topic.save()
    if takes:
        if question.state != "taken":
            move(question, "taken")
        ask_body(question, question.owner, on=on, due_on=due_on or question.due_on or on + dt.timedelta(days=270), person=supervisor)
    elif question.state == "offered" and not question.topics.filter(state="offered").exists():
        move(question, "asked")
    return topic


@action("research.give_up", may=MAY_ANSWER_OFFER, about="topic")
def give_up_topic(*, by: Any, topic: Topic, reason: Text, on: dt.date) -> Topic:
    """What was taken is not carried on. The question is open again; the summary stays owed, because somebody waits for it."""
    if not reason:
        raise BadInput(Fault("reason", _("Say why not; whoever asked reads it.")))
    question = lock(Question.objects.get(pk=topic.question_id))
    topic = lock(topic)
    require_state(topic, "taken")
    topic.state, topic.reason = "given-up", reason
    topic.save()
    if question.state == "taken" and not question.topics.filter(state="taken").exists():
        move(question, "offered" if question.topics.filter(state="offered").exists() else "asked")
    return topic


@action("research.hand_back", may=roles(*OFFICE, of="question.owner_id"), about="question")
def hand_back(*, by: Any, question: Question, words: Text, on: dt.date, study: Study | None = None) -> Question:
    """Tell the owner of the question what was found, in plain words in Kazakh and Russian. What is owed is answered by it."""
    missing = [lang for lang in ("kk", "ru") if lang not in words.versions]
    if missing:
        raise BadInput(Fault("words", _("Write the summary in Kazakh and in Russian; whoever asked has to be able to read it.")))
    question = lock(question)
    require_state(question, "asked", "offered", "taken")
    question.answer, question.answered_on = words, on
    question.save()
    if study is not None:
        join(study, "studies", question)
    owed = OwedAnswer.objects.filter(record=question, party=question.owner_id).first() or ask_body(question, question.owner, on=on)
    answer_owed(owed, state=OwedAnswer.State.DONE, words=words, on=on, evidence=study)
    for topic in question.topics.filter(state="taken"):
        topic.state, topic.study = "finished", study
        topic.save()
    move(question, "answered")
    write_letter(
        key=f"research.hand_back:{question.pk}", to=question.body, organisation=question.owner, record=question,
        subject=gettext_noop("Your question was studied: %(title)s"),
        body=gettext_noop("What was found:\n%(words)s\n\n%(owner)s asks you to say what you do with it, when you have decided."),
        values=lambda language: {
            "title": question.title.read(language).text, "words": words.read(language).text, "owner": question.owner.name.read(language).text,
        },
    )  # fmt: skip
    return question
