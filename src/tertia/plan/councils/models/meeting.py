"""A meeting: agenda with papers, invitations and their answers, who was there from when to when, who wants to speak."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tertia.core.actions.guard import GuardedModel, OfRecord, Personal
from tertia.core.languages.fields import TextField
from tertia.core.records.models import Record, record_part
from tertia.plan.councils.models.council import Council, Suggestion, Tenure


class Meeting(Record):
    """One meeting of a council. `number` counts within the council; `version` rises when it is moved, for calendar programs."""

    KIND = "meeting"

    record_ptr = record_part("meeting")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    where = models.CharField(max_length=200, blank=True)
    online = models.URLField(blank=True)
    version = models.PositiveIntegerField(default=0)
    called_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    chair_name = models.CharField(max_length=200, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    #: why approved minutes are open again
    correction = models.CharField(max_length=500, blank=True)
    #: at which meeting its minutes were approved
    approved_at = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="approves")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_start")]
        indexes = [models.Index(fields=["council", "starts_at"])]

    personal = {"chair_name": Personal("to say who chaired", 3650)}


class AgendaItem(OfRecord, GuardedModel):
    """What a meeting deals with: out of a suggestion, a record, the minutes before, decisions that are due, or new."""

    part_of = "meeting"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, default="report")
    title = TextField()
    #: draft of the decision, as it is sent with the agenda
    words = TextField()
    speaker = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(default=15)
    suggestion = models.OneToOneField(Suggestion, null=True, blank=True, on_delete=models.SET_NULL, related_name="item")
    source = models.ForeignKey("records.Record", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    #: the meeting whose minutes are to be approved under it
    of_meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    #: what was said, as the minutes have it
    heard = TextField()
    state = models.CharField(
        max_length=10, choices=[("open", "open"), ("running", "running"), ("done", "done"), ("postponed", "postponed")], default="open"
    )

    personal = {"speaker": Personal("to say who reports", 3650)}

    class Meta:
        ordering = ("meeting_id", "position", "pk")


class Paper(GuardedModel):
    """A paper to an item, sent with the call."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="papers")
    file = models.ForeignKey("files.StoredFile", on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=200)

    class Meta:
        ordering = ("item_id", "pk")

    @property
    def journal_record_id(self) -> int:
        return self.item.meeting_id

    @property
    def journal_organisation_id(self) -> int:
        return self.item.meeting.owner_id


class Invitation(OfRecord, GuardedModel):
    """That somebody was invited, as a member (with a seat) or as a guest, and what he answered. It stands for the seat at the meeting."""

    part_of = "meeting"

    person_path = "person"
    personal = {
        "name": Personal("to say who was invited", 3650, erased="erased person"),
        "email": Personal("to invite", 365),
        "reason": Personal("to excuse whoever cannot come", 1825),
        "deputy_name": Personal("to say who came instead", 3650),
        "deputy_email": Personal("to invite the deputy", 365),
    }

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    tenure = models.ForeignKey(Tenure, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations")
    person = models.ForeignKey("parties.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    organisation = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="ru")
    sector = models.CharField(max_length=12)
    duty = models.CharField(max_length=12, default="member")
    votes = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=8, default="waiting")
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    deputy_name = models.CharField(max_length=200, blank=True)
    deputy_email = models.EmailField(blank=True)

    class Meta:
        ordering = ("meeting_id", "pk")
        constraints = [models.UniqueConstraint(fields=["meeting", "tenure"], name="invitation_once_per_tenure")]

    @property
    def pass_subject(self) -> tuple[str, int]:
        return ("councils.seat", self.pk)

    @property
    def who(self) -> str:
        """Who stands for the seat: the deputy where one is sent, else whoever was invited."""
        return self.deputy_name if self.answer == "deputy" and self.deputy_name else self.name

    @property
    def demonstration(self) -> bool:
        return self.meeting.demonstration


class Presence(GuardedModel):
    """From when to when somebody was there; whoever comes back has a second row. An open end is still there."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="presences")
    came_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    mode = models.CharField(max_length=4, default="site")
    #: by the member's own link, or noted by the secretary
    how = models.CharField(max_length=4, choices=[("link", "link"), ("list", "list")], default="list")

    class Meta:
        ordering = ("invitation_id", "came_at")
        constraints = [
            models.CheckConstraint(condition=Q(left_at=None) | Q(left_at__gte=F("came_at")), name="presence_forward"),
            models.UniqueConstraint(fields=["invitation"], condition=Q(left_at=None), name="presence_open_once"),
        ]

    @property
    def journal_record_id(self) -> int:
        return self.invitation.meeting_id

    @property
    def journal_organisation_id(self) -> int:
        return self.invitation.meeting.owner_id


class Speaker(GuardedModel):
    """Who asked to speak on an item, and who spoke."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="speakers")
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("item_id", "asked_at", "pk")

    @property
    def journal_record_id(self) -> int:
        return self.item.meeting_id

    @property
    def journal_organisation_id(self) -> int:
        return self.item.meeting.owner_id
