"""By which ways stories go out: who asked for them, what was sent to whom, and what came in from others whom the university follows."""

from __future__ import annotations

import base64
import hmac
import secrets
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tertia.core.access.secrets import derived_key
from tertia.core.actions.guard import GuardedModel, Personal

__all__ = ["Delivery", "Followed", "Follower", "Hook", "InboxItem", "Received", "SeenActivity", "Settings", "Subscriber", "Telling"]


def _nonce() -> str:
    return secrets.token_hex(16)


def _derived(use: str, number: int, nonce: str) -> bytes:
    """A secret that is derived and never stored."""
    return hmac.digest(derived_key(use), f"{number}.{nonce}".encode(), "sha256")


class _OfUniversity(GuardedModel):
    owner = models.ForeignKey("parties.Organisation", on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True

    @property
    def journal_organisation_id(self) -> int:
        return self.owner_id


class Settings(_OfUniversity):
    """Which channels a university has opened. Nothing goes anywhere before somebody has said so."""

    owner = models.OneToOneField("parties.Organisation", on_delete=models.CASCADE, related_name="+")
    #: followable from Mastodon and others (ActivityPub)
    fediverse = models.BooleanField(default=False)
    #: the channel in which the installation's bot may write: @name or a number
    telegram = models.CharField(max_length=100, blank=True)
    telegram_language = models.CharField(max_length=2, default="kk")


class Subscriber(_OfUniversity):
    """Somebody who wants the newsletter: nothing is sent before the address has been confirmed; who leaves is erased."""

    personal = {"email": Personal("to send the newsletter that was asked for")}

    class Every(models.TextChoices):
        WEEK = "week", _("once a week")
        DAY = "day", _("once a day at most")

    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2)
    every = models.CharField(max_length=4, choices=Every.choices, default=Every.WEEK)
    nonce = models.CharField(max_length=32, default=_nonce)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    #: stories up to this moment were sent
    sent_until = models.DateTimeField(null=True, blank=True)
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["every", "confirmed_at"])]
        constraints = [
            models.UniqueConstraint(fields=["owner", "email"], condition=Q(left_at=None), name="subscriber_once"),
            models.CheckConstraint(condition=Q(left_at=None) | Q(email=""), name="subscriber_who_left_is_erased"),
        ]

    @property
    def token(self) -> str:
        return f"{self.pk}-{base64.b32encode(_derived('newsletter', self.pk, self.nonce)[:16]).decode().rstrip('=').lower()}"


class Follower(_OfUniversity):
    """An account elsewhere that follows the university (ActivityPub)."""

    personal = {"actor": Personal("to send what was asked for"), "inbox": Personal("to send what was asked for")}

    actor = models.URLField(max_length=500)
    #: the shared inbox of its server where it has one, so that a server is told once
    inbox = models.URLField(max_length=500)
    since = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["owner", "actor"], name="follower_once")]


class Hook(_OfUniversity):
    """An address of another system that is told of every story, signed (Standard Webhooks)."""

    url = models.URLField(max_length=500)
    words = models.CharField(max_length=200, blank=True)
    nonce = models.CharField(max_length=32, default=_nonce)
    active = models.BooleanField(default=True)
    since = models.DateTimeField()
    replayed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["owner", "url"], name="hook_once")]

    @property
    def secret(self) -> str:
        return "whsec_" + base64.b64encode(_derived("hook", self.pk, self.nonce)).decode()


class Telling(models.Model):
    """That a story came out, changed or went, as it was at that moment: written in the transaction of its cause, told to each channel after it."""

    personal: dict[str, Any] = {}

    owner = models.ForeignKey("parties.Organisation", on_delete=models.CASCADE, related_name="+")
    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="tellings")
    verb = models.CharField(max_length=8, choices=[("out", _("came out")), ("changed", _("was changed")), ("gone", _("was withdrawn"))])
    at = models.DateTimeField()
    #: title, lead and text in every language, addresses, pictures: what every channel is made from
    snapshot: Any = models.JSONField()

    class Meta:
        ordering = ("pk",)


class Delivery(models.Model):
    """One thing to one place. `key` makes it one; the place knows it by an id that stays the same however often it is sent."""

    personal: dict[str, Any] = {}

    class Channel(models.TextChoices):
        FEDIVERSE = "fediverse", "ActivityPub"
        TELEGRAM = "telegram", "Telegram"
        HOOK = "hook", _("other system")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        #: the machine stopped between sending and noting it, and the place cannot tell us whether it has it
        UNCLEAR = "unclear", _("sent or not, nobody knows")
        GIVEN_UP = "given-up", _("given up")

    key = models.CharField(max_length=700, unique=True)
    owner = models.ForeignKey("parties.Organisation", on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    target = models.CharField(max_length=500)
    telling = models.ForeignKey(Telling, null=True, on_delete=models.CASCADE, related_name="deliveries")
    hook = models.ForeignKey(Hook, null=True, on_delete=models.CASCADE, related_name="deliveries")
    #: of what is no story (that a follower is welcome, that we follow somebody) what is sent
    body: Any = models.JSONField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    answer = models.CharField(max_length=60, blank=True)
    #: the number under which the place keeps it (a message of Telegram)
    remote = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["state", "next_at"]), models.Index(fields=["channel", "target"])]


class InboxItem(models.Model):
    """What another server sent to the inbox, before anybody knows whether it is true: it is looked at by the worker, then forgotten."""

    personal: dict[str, Any] = {}

    owner = models.ForeignKey("parties.Organisation", null=True, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=300)
    headers: Any = models.JSONField()
    body = models.BinaryField()
    at = models.DateTimeField()


class SeenActivity(models.Model):
    """An activity that was carried out: the same one again does nothing."""

    personal: dict[str, Any] = {}

    activity = models.CharField(max_length=500, unique=True)
    at = models.DateTimeField()


class Followed(_OfUniversity):
    """Another university, or anybody with stories, whom this one follows."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    actor = models.URLField(max_length=500)
    inbox = models.URLField(max_length=500)
    name = models.CharField(max_length=200)
    page = models.URLField(max_length=500, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    since = models.DateTimeField()

    class Meta:
        ordering = ("name", "pk")
        constraints = [models.UniqueConstraint(fields=["owner", "actor"], name="followed_once")]


class Received(_OfUniversity):
    """A story of somebody whom the university follows: its words without marks, as long as it stands there."""

    followed = models.ForeignKey(Followed, on_delete=models.CASCADE, related_name="received")
    object_id = models.URLField(max_length=500)
    title = models.CharField(max_length=300)
    words = models.TextField(blank=True)
    page = models.URLField(max_length=1000, blank=True)
    language = models.CharField(max_length=8, blank=True)
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-published_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["owner", "object_id"], name="received_once"),
            models.CheckConstraint(condition=Q(gone_at=None) | Q(words="", title=""), name="received_gone_is_erased"),
        ]
