"""The outbox: everything that Tertia writes to people."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tertia.core.actions.guard import Personal


class Message(models.Model):
    """One message to one address. It is written in the transaction of its cause and sent after it, once."""

    personal = {
        "to": Personal("to deliver the message", 365),
        "subject": Personal("to show what was sent", 365),
        "body": Personal("to show what was sent", 365),
        "unsubscribe": Personal("to let whoever gets it leave with one click", 365),
        "calendar": Personal("to put a meeting into the calendar of whoever is invited", 365),
    }

    class Urgency(models.TextChoices):
        AT_ONCE = "at-once"
        DIGEST = "digest"

    #: two messages with one key are one message
    key = models.CharField(max_length=200, unique=True)
    organisation = models.ForeignKey("parties.Organisation", null=True, on_delete=models.CASCADE, related_name="+")
    record = models.ForeignKey("records.Record", null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey("parties.Person", null=True, on_delete=models.SET_NULL, related_name="messages")
    to = models.EmailField()
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    #: an iCalendar object that goes beside the letter
    calendar = models.TextField(blank=True)
    #: where one POST takes the address off a list (RFC 8058)
    unsubscribe = models.URLField(max_length=300, blank=True)
    urgency = models.CharField(max_length=8, choices=Urgency.choices, default=Urgency.AT_ONCE)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("-written_at", "-pk")
        indexes = [models.Index(fields=["sent_at", "urgency"])]
        constraints = [models.CheckConstraint(condition=~Q(to=""), name="message_has_an_address")]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"
