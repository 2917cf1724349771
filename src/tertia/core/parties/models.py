"""Organisations and people as equal parties; memberships with roles; names through time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from tertia.core.actions.guard import GuardedModel, GuardedQuerySet, Personal
from tertia.core.languages.fields import TextField
from tertia.core.languages.text import Text
from tertia.core.parties.identifiers import address_of


class Organisation(GuardedModel):
    """Any party that is not a person. One with `hosts` keeps its own records here and is a tenant of this installation."""

    class Kind(models.TextChoices):
        UNIVERSITY = "university"
        UNIT = "unit"
        MINISTRY = "ministry"
        AKIMAT = "akimat"
        ASSOCIATION = "association"
        NONPROFIT = "nonprofit"
        CLUB = "club"
        BUSINESS = "business"
        SCHOOL = "school"
        CULTURE = "culture"
        MEDIA = "media"
        OFFICE = "office"
        CLASS = "class"

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = TextField()
    short_name = TextField()
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="units")
    place = models.ForeignKey("places.Place", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    website = models.URLField(blank=True)
    email = models.EmailField(blank=True)
    #: the name under which its own site is reached, where it has one: `third.enu.kz`
    host_name = models.CharField(max_length=200, blank=True)
    mail_domains = models.JSONField(default=list, blank=True)
    letter_language = models.CharField(max_length=2, default="ru")
    time_zone = models.CharField(max_length=40, default="Asia/Almaty")
    hosts = models.BooleanField(default=False)
    demonstration = models.BooleanField(default=False)
    #: written down twice: the one that goes on; this row keeps its address and nothing else
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")

    class Meta:
        ordering = ("slug",)
        indexes = [models.Index(fields=["kind"])]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="organisation_not_its_own_parent"),
            models.UniqueConstraint(fields=["host_name"], condition=~Q(host_name=""), name="organisation_host_name_once"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def journal_organisation_id(self) -> int | None:
        """A chair stands in its faculty, the faculty in its university: the university's journal keeps both."""
        if self.hosts or self.parent is None:
            return self.pk if self.hosts else None
        return self.parent.journal_organisation_id if self.parent.parent_id else self.parent_id

    def name_on(self, day: dt.date) -> Text:
        """The name that it bore on a day; today's where none is on record."""
        for dated in self.names.all():
            if (dated.valid_from is None or dated.valid_from <= day) and (dated.valid_to is None or day < dated.valid_to):
                return dated.name
        return self.name


class OrganisationName(GuardedModel):
    """A former or future name, from a day (in) to a day (out)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = TextField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("organisation", "valid_from")

    def __str__(self) -> str:
        return str(self.name)


class Identifier(GuardedModel):
    """A number by which an organisation is known elsewhere, checked by its check figure; no two organisations have the same."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=12, choices=[("bin", "BIN"), ("ror", "ROR"), ("wikidata", "Wikidata")])
    value = models.CharField(max_length=40)

    class Meta:
        ordering = ("organisation", "scheme")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="identifier_once"),
            models.UniqueConstraint(fields=["organisation", "scheme"], name="identifier_one_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"

    @property
    def journal_organisation_id(self) -> int | None:
        return self.organisation_id

    @property
    def address(self) -> str:
        return address_of(self.scheme, self.value)


class Merger(GuardedModel):
    """That one organisation had been written down twice: which row went on, who said so and why, and how much moved."""

    into = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mergers")
    gone = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    within = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    #: how many rows of each model name the other one now
    moved = models.JSONField(default=dict)

    class Meta:
        ordering = ("-at",)

    @property
    def journal_organisation_id(self) -> int | None:
        return self.within_id


class AccountManager(BaseUserManager["Account"]):
    """Accounts are found by e-mail."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> Account:
        account = self.model(email=self.normalize_email(email).lower(), **extra)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> Account:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)


class Account(AbstractUser):
    """What signs in. The sign-in library writes it; everything else about a person is in `Person`."""

    personal = {
        "email": Personal("to sign in and to be written to"),
        "password": Personal("to sign in; kept as a hash only", erased="!"),
        "last_login": Personal("to notice foreign use", 365, erased=None),
    }
    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(unique=True)
    theme = models.CharField(max_length=8, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []
    objects = AccountManager()  # type: ignore[misc]


class Person(GuardedModel):
    """A human being, with or without an account."""

    personal = {
        "name": Personal("to address the person and to say who did what", erased="erased person"),
        "email": Personal("to write to the person", 730),
        "language": Personal("to write in the person's language", 730, erased="kk"),
        "key": Personal("to recognise the same person in tonight's list of the university", 730, erased=None),
        "birth_date": Personal("to protect minors", 365, erased=None),
    }
    person_path = ""

    account = models.OneToOneField(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="person")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="kk")
    #: the university's own number of the person (a staff or student number), never an IIN
    key = models.CharField(max_length=60, null=True, blank=True)
    home = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    birth_date = models.DateField(null=True, blank=True)
    demonstration = models.BooleanField(default=False)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "pk")
        constraints = [models.UniqueConstraint(fields=["home", "key"], name="person_once_per_key")]

    def __str__(self) -> str:
        return self.name

    @property
    def journal_organisation_id(self) -> int | None:
        return self.home_id

    @property
    def discreet_name(self) -> str:
        """`Adil B.`: how a partner sees a student."""
        given, _, family = self.name.partition(" ")
        return f"{given} {family[:1]}." if family else given


class MembershipQuerySet(GuardedQuerySet["Membership"]):
    def in_force(self, day: dt.date) -> MembershipQuerySet:
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)

    def for_person_or_absent(self, person: Person, day: dt.date) -> models.QuerySet[Any, Any]:
        """Pairs (organisation id, role): the person's own, and those of whom he stands in for on the day."""
        absent = Deputy.objects.filter(deputy=person, valid_from__lte=day, valid_to__gte=day)
        own = self.filter(person=person)
        theirs = self.filter(models.Exists(absent.filter(person=models.OuterRef("person"), organisation=models.OuterRef("organisation"))))
        columns = ("organisation_id", "role")
        return own.order_by().values_list(*columns).union(theirs.order_by().values_list(*columns))


class Membership(GuardedModel):
    """A person's role in an organisation from a day to a day."""

    class Role(models.TextChoices):
        MEMBER = "member"
        EDITOR = "editor"
        OFFICE = "office"
        LEADER = "leader"
        PARTNER = "partner"
        CITIZEN = "citizen"
        ANALYST = "analyst"
        ADMINISTRATOR = "administrator"

    class Standing(models.TextChoices):
        STUDENT = "student"
        STAFF = "staff"
        OTHER = "other"

    personal = {"duty": Personal("to say in which duty somebody acted", 1825)}
    person_path = "person"
    objects = MembershipQuerySet.as_manager()

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="unit_memberships")
    role = models.CharField(max_length=16, choices=Role.choices)
    standing = models.CharField(max_length=8, choices=Standing.choices, default=Standing.OTHER)
    duty = TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("organisation", "person", "role")
        indexes = [models.Index(fields=["organisation", "standing", "valid_from"])]
        constraints = [
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="membership_period_forward"),
            models.UniqueConstraint(fields=["person", "organisation", "role", "valid_from"], name="membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} of {self.organisation_id}"

    @property
    def journal_organisation_id(self) -> int | None:
        return self.organisation_id


class Deputy(GuardedModel):
    """Who stands in for whom, from a day to a day (both in)."""

    person_path = "person"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="deputies")
    deputy = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="stands_in_for")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        ordering = ("valid_from",)
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="deputy_period_forward"),
            models.CheckConstraint(condition=~Q(person=F("deputy")), name="deputy_is_another"),
        ]

    @property
    def journal_organisation_id(self) -> int | None:
        return self.organisation_id


class Invitation(GuardedModel):
    """An invitation to join an organisation in a role; its pass is the link in the letter."""

    personal = {"email": Personal("to deliver the invitation", 90), "name": Personal("to address the invited", 90)}

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=16, choices=Membership.Role.choices)
    email = models.EmailField()
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2, default="kk")
    invited_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-invited_at",)
        constraints = [
            models.CheckConstraint(condition=Q(accepted_by=None) | Q(accepted_at__isnull=False), name="invitation_accepted_at_a_time")
        ]

    @property
    def journal_organisation_id(self) -> int | None:
        return self.organisation_id
