"""Learning platforms, who is who there, which of their links shows which course, and grades on their way back."""

from __future__ import annotations

from django.db import models

from tertia.core.actions.guard import GuardedModel, Personal

__all__ = ["CourseLink", "LearningPlatform", "PassBack", "PlatformUser", "UsedMessage"]


class LearningPlatform(GuardedModel):
    """A learning platform of a university, as it and Tertia were made known to each other."""

    owner = models.ForeignKey("parties.Organisation", on_delete=models.PROTECT, related_name="learning_platforms")
    title = models.CharField(max_length=100)
    issuer = models.URLField(max_length=300)
    client_id = models.CharField(max_length=200)
    deployments = models.JSONField(default=list)
    auth_url = models.URLField(max_length=500)
    token_url = models.URLField(max_length=500)
    keys_url = models.URLField(max_length=500)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("title", "pk")
        constraints = [models.UniqueConstraint(fields=["issuer", "client_id"], name="platform_once")]

    @property
    def journal_organisation_id(self) -> int:
        return self.owner_id


class UsedMessage(GuardedModel):
    """The nonce of a launch that was acted upon: the same message again is refused. Swept when no launch of its day is good any more."""

    platform = models.ForeignKey(LearningPlatform, on_delete=models.CASCADE, related_name="+")
    nonce = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["platform", "nonce"], name="launch_used_once")]

    @property
    def journal_organisation_id(self) -> int:
        return self.platform.owner_id


class PlatformUser(GuardedModel):
    """Which person a user of a platform is."""

    personal = {"subject": Personal("to know who comes from the learning platform, and to take the grade back", 730, erased=None)}
    person_path = "person"

    platform = models.ForeignKey(LearningPlatform, on_delete=models.CASCADE, related_name="users")
    subject = models.CharField(max_length=255, null=True)
    person = models.ForeignKey("parties.Person", on_delete=models.CASCADE, related_name="platform_users")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["platform", "subject"], name="platform_user_once")]

    @property
    def journal_organisation_id(self) -> int:
        return self.platform.owner_id


class CourseLink(GuardedModel):
    """A link in a course of the platform, and the course that it shows here; where its grades go."""

    platform = models.ForeignKey(LearningPlatform, on_delete=models.CASCADE, related_name="links")
    deployment = models.CharField(max_length=200)
    link = models.CharField(max_length=255)
    title = models.CharField(max_length=300, blank=True)
    course = models.ForeignKey("learning.Course", null=True, blank=True, on_delete=models.CASCADE, related_name="platform_links")
    item = models.CharField(max_length=1000, blank=True)
    items = models.CharField(max_length=1000, blank=True)
    scopes = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["platform", "deployment", "link"], name="platform_link_once")]

    @property
    def journal_record_id(self) -> int | None:
        return self.course_id

    @property
    def journal_organisation_id(self) -> int:
        return self.platform.owner_id


class PassBack(GuardedModel):
    """What a platform was told of one student's reflection: handed in, or graded. `given` is in points of the rubric."""

    link = models.ForeignKey(CourseLink, on_delete=models.CASCADE, related_name="passed_back")
    reflection = models.ForeignKey("learning.Reflection", on_delete=models.CASCADE, related_name="passed_back")
    given = models.PositiveSmallIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    #: why the platform did not take it, empty where it did
    fault = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "reflection"], name="passed_back_once")]

    @property
    def journal_record_id(self) -> int | None:
        return self.link.course_id

    @property
    def journal_organisation_id(self) -> int:
        return self.link.platform.owner_id
