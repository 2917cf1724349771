"""What a university says of itself on its own site, and where addresses of its old site lead."""

from __future__ import annotations

from django.db import models

from tertia.core.actions.guard import GuardedModel, Personal
from tertia.core.languages.fields import TextField

__all__ = ["OldAddress", "SiteWords"]


class SiteWords(GuardedModel):
    """One row for a university: who it is, and whom journalists ask."""

    personal = {
        "press_name": Personal("to say whom journalists ask", 1825), "press_email": Personal("to say whom journalists ask", 1825), "press_phone": Personal("to say whom journalists ask", 1825),
    }  # fmt: skip

    owner = models.OneToOneField("parties.Organisation", on_delete=models.CASCADE, related_name="+")
    about = TextField()
    press_name = models.CharField(max_length=200, blank=True)
    press_email = models.EmailField(blank=True)
    press_phone = models.CharField(max_length=60, blank=True)

    @property
    def journal_organisation_id(self) -> int:
        return self.owner_id


class OldAddress(GuardedModel):
    """An address that once led somewhere (`/news/2019/17`) and the one where it leads now (`/kk/stories/river/`)."""

    owner = models.ForeignKey("parties.Organisation", on_delete=models.CASCADE, related_name="+")
    old = models.CharField(max_length=500, unique=True)
    new = models.CharField(max_length=500)

    class Meta:
        ordering = ("old",)

    @property
    def journal_organisation_id(self) -> int:
        return self.owner_id
