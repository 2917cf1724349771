"""Passes (links for people without an account) and tokens of the API."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import Any

from django.db import models
from django.db.models import Q

from tertia.core.access.secrets import derived_key
from tertia.core.actions.guard import GuardedModel, Personal
from tertia.core.periods import clock


def _nonce() -> str:
    return secrets.token_hex(16)


class Pass(GuardedModel):
    """A signed, scoped, expiring, revocable link to do one thing. The secret is derived, never stored."""

    personal = {"sent_to": Personal("to deliver the link and to ask again", 365), "holder_name": Personal("to say who signed", 1825)}

    purpose = models.CharField(max_length=40, db_index=True)
    #: what the pass is for: a record, and within it a row of the app that issued it
    record = models.ForeignKey("records.Record", null=True, blank=True, on_delete=models.CASCADE, related_name="passes")
    subject_id = models.BigIntegerField(null=True, blank=True)
    organisation = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="passes")
    issued_by = models.ForeignKey("parties.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="issued_passes")
    holder_name = models.CharField(max_length=200, blank=True)
    sent_to = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2, default="ru")
    nonce = models.CharField(max_length=32, default=_nonce)
    single_use = models.BooleanField(default=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-issued_at",)
        indexes = [models.Index(fields=["purpose", "subject_id"])]
        constraints = [models.CheckConstraint(condition=Q(expires_at__gt=models.F("issued_at")), name="pass_expires_after_issue")]

    def __str__(self) -> str:
        return f"pass {self.pk} for {self.purpose}"

    @property
    def journal_organisation_id(self) -> int | None:
        return self.issued_by_id

    @property
    def journal_record_id(self) -> int | None:
        return self.record_id

    @property
    def token(self) -> str:
        """About 34 letters and figures without 0, 1, 8 and 9: number of the pass and 128 bits of HMAC-SHA-256."""
        number = str(self.pk)
        mac = hmac.new(derived_key("pass"), f"{number}.{self.nonce}.{self.purpose}".encode(), hashlib.sha256).digest()[:16]
        return f"{number}-{base64.b32encode(mac).decode().rstrip('=').lower()}"

    @property
    def holder_words(self) -> str:
        """Who acts by this pass, as the public may read it: the body, else "the holder of the link"."""
        return str(self.organisation.name) if self.organisation else ""

    def is_for(self, subject: Any) -> bool:
        """Whether the pass was issued for this record or row (its `pass_subject_id`)."""
        key = getattr(subject, "pass_subject", None)
        return key == (self.purpose, self.subject_id)

    @property
    def refusal(self) -> str:
        """Why it opens nothing now: revoked, expired, used, or empty when it is good."""
        if self.revoked_at:
            return "revoked"
        if self.used_at and self.single_use:
            return "used"
        return "expired" if self.expires_at <= clock.now() else ""


class ApiToken(GuardedModel):
    """A token of the API, with scopes; only its hash is kept."""

    personal = {"name": Personal("to tell one's own tokens apart", 365)}
    person_path = "person"

    person = models.ForeignKey("parties.Person", on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)

    @property
    def journal_organisation_id(self) -> int | None:
        return self.person.home_id


class IdempotencyKey(models.Model):
    """The answer that a key got once; the same key with the same request gets it again."""

    personal: dict[str, Personal] = {}

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="idempotency_key_once")]
