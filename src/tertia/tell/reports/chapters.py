"""The chapters of the annual report: what is written by people stands in them beside what is gathered from records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

__all__ = ["CHAPTERS", "Chapter"]


@dataclass(frozen=True)
class Chapter:
    """`hint` says to whoever writes what belongs there; `gathered` whether records speak in it too."""

    key: str
    label: Any
    hint: Any
    gathered: bool = True


CHAPTERS = {
    c.key: c
    for c in (
        Chapter("foreword", _("Foreword"), _("Who speaks, to whom, and what this year was about. Without figures: they stand below with their records."), False),
        Chapter("figures", _("Figures"), _("What the figures do not say: how they were counted, what changed since last year.")),
        Chapter("plan", _("Plan and fact"), _("Why a target was missed or passed, and what follows from it.")),
        Chapter("resolution", _("Recommendation by recommendation"), _("What became of the recommendations, in the university's own words.")),
        Chapter("needs", _("What the region asked for"), _("How needs were heard, and why some are still without an answer.")),
        Chapter("stories", _("What we told"), _("Which stories matter, and why.")),
        Chapter("voices", _("Partners speak"), _("How partners were asked for what they say here.")),
        Chapter("gaps", _("What we did not do"), _("Said by the university itself, beside what the records show.")),
        Chapter("outlook", _("What comes next"), _("What the university takes upon itself for the coming year."), False),
    )
}  # fmt: skip
