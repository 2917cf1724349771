"""Agreements between equal parties, their terms and signatures; contacts; what each side says of the other; who wants to register."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import F, Q

from tertia.core.actions.guard import GuardedModel, OfRecord, Personal
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part


class Agreement(Record):
    """What two or more parties promise each other, from a day to a day or until one gives notice."""

    KIND = "agreement"

    class Renewal(models.TextChoices):
        NONE = "none"
        AUTOMATIC = "automatic"
        AGREED = "agreed"

    record_ptr = record_part("agreement")
    #: one of data/agreement_types.toml
    form = models.CharField(max_length=20, default="cooperation")
    terms = TextField()
    renewal = models.CharField(max_length=10, choices=Renewal.choices, default=Renewal.AGREED)
    renewal_months = models.PositiveSmallIntegerField(default=12)
    notice_days = models.PositiveSmallIntegerField(default=30)
    notice_on = models.DateField(null=True, blank=True)
    notice_by = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(
        "parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="proposed_agreements"
    )
    signed_on = models.DateField(null=True, blank=True)
    warned_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(renewal_months__gte=1, renewal_months__lte=120), name="agreement_renewal_months")]

    def in_force_on(self, day: dt.date) -> bool:
        """Signed by everybody, begun, and not over."""
        return (
            self.state == "in-force" and (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)
        )


class AgreementParty(OfRecord, GuardedModel):
    """One party of an agreement: what it gives, what it gets, who signs for it."""

    part_of = "agreement"

    personal = {
        "signatory": Personal("to say who signs for the party", 1825),
        "email": Personal("to deliver the link by which the party signs", 365),
    }

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="agreement_parties")
    gives = TextField()
    gets = TextField()
    signatory = models.CharField(max_length=200, blank=True)
    duty = models.CharField(max_length=200, blank=True)
    #: charter, power of attorney and its day
    basis = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)

    class Meta:
        ordering = ("agreement", "pk")
        constraints = [models.UniqueConstraint(fields=["agreement", "organisation"], name="agreement_party_once")]


class Term(OfRecord, GuardedModel):
    """One span for which an agreement was, or is to be, signed: the first one, a renewal agreed, or one that came by itself."""

    part_of = "agreement"

    class How(models.TextChoices):
        FIRST = "first"
        AGREED = "agreed"
        AUTOMATIC = "automatic"

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="spans")
    how = models.CharField(max_length=10, choices=How.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    offered_on = models.DateField()
    in_force_since = models.DateField(null=True, blank=True)
    dropped_on = models.DateField(null=True, blank=True)
    #: SHA-256 of the canonical text that is signed: title, terms, parties, what each gives and gets, this span
    digest = models.CharField(max_length=64)
    text = models.JSONField(default=dict)

    class Meta:
        ordering = ("agreement", "pk")
        constraints = [models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="term_period_forward")]


class Signature(GuardedModel):
    """That a party was asked to sign a term, and what it did. A dated record, never called a legal signature."""

    personal = {"name": Personal("to say who signed", 3650), "duty": Personal("to say in which duty somebody signed", 3650)}

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="signatures")
    party = models.ForeignKey(AgreementParty, on_delete=models.CASCADE, related_name="signatures")
    asked_on = models.DateField()
    signed_at = models.DateTimeField(null=True, blank=True)
    name = models.CharField(max_length=200, blank=True)
    duty = models.CharField(max_length=200, blank=True)
    #: the name that the organisation bore on the day
    signed_as = TextField()
    receipt = models.CharField(max_length=40, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    reason = TextField()
    #: a detached electronic signature beside it, and what a check without network said of it
    file = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    check_state = models.CharField(max_length=16, blank=True)
    check_words = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("term", "party")
        constraints = [
            models.UniqueConstraint(fields=["term", "party"], name="signature_once"),
            models.CheckConstraint(condition=Q(signed_at=None) | Q(refused_at=None), name="signature_or_refusal"),
        ]

    @property
    def pass_subject(self) -> tuple[str, int]:
        return ("partnerships.sign", self.pk)

    @property
    def journal_record_id(self) -> int:
        return self.term.agreement_id

    @property
    def journal_organisation_id(self) -> int:
        return self.term.agreement.owner_id


class Contact(GuardedModel):
    """Somebody in a partner organisation whom the university may write to: why, by whose consent, until when, and who of us knows him."""

    personal = {
        "name": Personal("to address the person in the partner organisation", 730),
        "duty": Personal("to know what the person answers for", 730),
        "email": Personal("to write to the person", 730),
        "phone": Personal("to call the person", 730),
    }

    organisation = models.ForeignKey("parties.Organisation", on_delete=models.CASCADE, related_name="contacts")
    owner = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="kept_contacts")
    name = models.CharField(max_length=200)
    duty = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(max_length=200)
    #: how the person agreed, and when
    consent = models.CharField(max_length=200)
    consent_on = models.DateField()
    keep_until = models.DateField()
    kept_by = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="keeps_contacts")
    erased_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("organisation", "name")
        constraints = [models.CheckConstraint(condition=Q(keep_until__gte=F("consent_on")), name="contact_kept_forward")]

    @property
    def journal_organisation_id(self) -> int:
        return self.owner_id


class Assessment(OfRecord, GuardedModel):
    """What one side says of working together: did it meet the need, again, what was good, what to change. Both sides see both."""

    class Met(models.TextChoices):
        YES = "yes"
        PARTLY = "partly"
        NO = "no"

    class Again(models.TextChoices):
        YES = "yes"
        MAYBE = "maybe"
        NO = "no"

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="assessments")
    party = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="assessments")
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    met = models.CharField(max_length=8, choices=Met.choices, blank=True)
    again = models.CharField(max_length=8, choices=Again.choices, blank=True)
    good = TextField()
    change = TextField()

    class Meta:
        ordering = ("-asked_on", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["record", "party"], name="assessment_once"),
            models.CheckConstraint(condition=Q(answered_on=None) | ~Q(met=""), name="assessment_says_something"),
        ]

    @property
    def pass_subject(self) -> tuple[str, int]:
        return ("partnerships.assess", self.pk)


class Registration(GuardedModel):
    """An organisation that wants to work with the university and wrote itself down; somebody of the office looks at it first."""

    class State(models.TextChoices):
        WAITING = "waiting"
        ACCEPTED = "accepted"
        JOINED = "joined"
        DECLINED = "declined"

    personal = {
        "contact": Personal("to address whoever registered the organisation", 365),
        "email": Personal("to answer whoever registered the organisation", 365),
        "network": Personal("to bound how many registrations come from one network", 30),
    }

    owner = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="registrations")
    name = TextField()
    kind = models.CharField(max_length=20)
    bin = models.CharField(max_length=12, blank=True)
    website = models.URLField(blank=True)
    words = TextField()
    contact = models.CharField(max_length=200)
    email = models.EmailField()
    language = models.CharField(max_length=2, default="kk")
    network = models.CharField(max_length=16, blank=True)
    on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    organisation = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = TextField()
    decided_on = models.DateField(null=True, blank=True)
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("-on", "-pk")
        indexes = [models.Index(fields=["owner", "state"])]

    @property
    def journal_organisation_id(self) -> int:
        return self.owner_id


class NotTwins(GuardedModel):
    """Two organisations that look alike and are not: somebody looked and said so."""

    first = models.ForeignKey("parties.Organisation", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("parties.Organisation", on_delete=models.CASCADE, related_name="+")
    within = models.ForeignKey("parties.Organisation", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="not_twins_once")]

    @property
    def journal_organisation_id(self) -> Any:
        return self.within_id


class Doubles(models.Model):
    """Pairs of organisations that may be one, as they were found last; made again from the organisations at any time."""

    personal: dict[str, Personal] = {}

    made_at = models.DateTimeField()
    #: [first, second, likeness, [reason, …]]
    pairs = models.JSONField(default=list)
