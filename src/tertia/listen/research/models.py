"""Research on the city and the region: questions that somebody owns, studies, and what was done with them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from tertia.core.actions.guard import GuardedModel, OfRecord, Personal
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part
from tertia.listen.research.references.duplicates import keys_of

__all__ = ["Question", "Study", "StudyAuthor", "StudyPart", "StudyUse", "Topic", "Twin"]


class Question(Record):
    """A question of the region that a body owns: it says what it would do with the answer, and is owed a summary of it."""

    KIND = "regional-question"

    record_ptr = record_part("regional_question")
    #: who owns the question and reads the answer
    body = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="questions")
    #: what the body would decide otherwise if it knew
    decides = TextField()
    #: data that the body can give
    data = TextField()
    asked_on = models.DateField()
    #: what was found, in plain words, as it was handed back
    answer = TextField()
    answered_on = models.DateField(null=True, blank=True)


class Topic(OfRecord, GuardedModel):
    """A question offered to a chair as the topic of a thesis or a study."""

    part_of = "question"

    class Level(models.TextChoices):
        BACHELOR = "bachelor"
        MASTER = "master"
        DOCTORAL = "doctoral"
        STAFF = "staff"

    class State(models.TextChoices):
        OFFERED = "offered"
        TAKEN = "taken"
        REFUSED = "refused"
        FINISHED = "finished"
        GIVEN_UP = "given-up"

    personal = {"student": Personal("to know who writes it, inside the university", 1825)}

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="topics")
    chair = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="topics")
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.MASTER)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    offered_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    reason = TextField()
    supervisor = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="topics")
    #: as the chair knows them; never public
    student = models.CharField(max_length=200, blank=True)
    study = models.ForeignKey("Study", null=True, blank=True, on_delete=models.SET_NULL, related_name="topics")

    class Meta:
        ordering = ("question", "-offered_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "chair", "level"], condition=Q(state__in=("offered", "taken")), name="topic_open_once"
            )
        ]


class Study(Record):
    """A study, a paper, a thesis, a data set. `summary` is its plain-language summary; what is cited lies in `reference` (CSL-JSON)."""

    KIND = "study"

    class About(models.TextChoices):
        #: nobody has said yet
        UNKNOWN = "unknown"
        REGION = "region"
        OTHER = "other"

    class Precision(models.TextChoices):
        YEAR = "year"
        MONTH = "month"
        DAY = "day"

    record_ptr = record_part("study")
    reference = models.JSONField(default=dict, blank=True)
    doi = models.CharField(max_length=250, blank=True)
    #: type of CSL: article-journal, report, thesis …
    work_type = models.CharField(max_length=24, default="report")
    #: the university and the DOI; each work once
    identity = models.CharField(max_length=280, unique=True, null=True, blank=True)
    about = models.CharField(max_length=8, choices=About.choices, default=About.REGION)
    #: the region or settlement whose name its title or abstract bears; a person confirms it
    place_found = models.ForeignKey("places.Place", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    #: day on which it was finished or published, and how much of that day is known
    finished_on = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    #: day from which the plain summary stood in Kazakh and in Russian
    summarised_on = models.DateField(null=True, blank=True)
    #: one author at least is from outside academia; empty where affiliations are not known
    outside_author = models.BooleanField(null=True, blank=True)
    retracted = models.BooleanField(default=False)
    #: lists from which it came: run, line, form, why it was joined with what was there
    sources = models.JSONField(default=list, blank=True)
    #: the first and the last letters of the folded title, by which it is looked for when a list comes
    title_key = models.CharField(max_length=14, blank=True)
    end_key = models.CharField(max_length=14, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged")

    class Meta:
        indexes = [
            models.Index(fields=["doi"]), models.Index(fields=["about", "finished_on"]), models.Index(fields=["title_key"]), models.Index(fields=["end_key"]),
        ]  # fmt: skip

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.title_key, self.end_key = keys_of(self.reference)
        super().save(*args, **kwargs)


class StudyAuthor(OfRecord, GuardedModel):
    """Somebody of the university among the authors; the others stand in the reference alone."""

    part_of = "study"
    person_path = "person"

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="own_authors")
    person = models.ForeignKey("parties.Person", on_delete=models.CASCADE, related_name="studies")

    class Meta:
        ordering = ("study", "pk")
        constraints = [models.UniqueConstraint(fields=["study", "person"], name="study_author_once")]


class StudyPart(OfRecord, GuardedModel):
    """A body from outside that took part: in the question, in the data, in reading the results. Being interviewed is not taking part."""

    part_of = "study"

    class Part(models.TextChoices):
        QUESTION = "question"
        DATA = "data"
        READING = "reading"

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="parts")
    organisation = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="study_parts")
    part = models.CharField(max_length=8, choices=Part.choices)

    class Meta:
        ordering = ("study", "pk")
        constraints = [models.UniqueConstraint(fields=["study", "organisation", "part"], name="study_part_once")]


class StudyUse(OfRecord, GuardedModel):
    """What the city or another body did with a study: stated by anybody who works here, true once that body has said so."""

    part_of = "study"

    class Kind(models.TextChoices):
        DECISION = "decision"
        PROGRAMME = "programme"
        BUDGET = "budget"
        PRACTICE = "practice"

    class State(models.TextChoices):
        ASKED = "asked"
        CONFIRMED = "confirmed"
        DENIED = "denied"

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="uses")
    body = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="study_uses")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    #: what was done
    words = TextField()
    #: the document that names the study: number, day, title
    document = models.CharField(max_length=300)
    address = models.URLField(blank=True, max_length=500)
    #: day of the document
    on = models.DateField()
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    decision = models.ForeignKey(Record, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    body_words = TextField()

    class Meta:
        ordering = ("study", "-on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="asked", answered_on=None) | (~Q(state="asked") & Q(answered_on__isnull=False)),
                name="study_use_answer_dated",
            ),
            models.CheckConstraint(condition=Q(amount=None) | Q(amount__gt=0), name="study_use_amount_above_zero"),
        ]

    @property
    def pass_subject(self) -> tuple[str, int]:
        return ("research.use", self.pk)


class Twin(OfRecord, GuardedModel):
    """Two works that may be one: nobody but a person joins them."""

    part_of = "study"

    class State(models.TextChoices):
        OPEN = "open"
        ONE = "one"
        TWO = "two"

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="twins")
    other = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=4, choices=State.choices, default=State.OPEN)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["study", "other"], name="twin_once")]
