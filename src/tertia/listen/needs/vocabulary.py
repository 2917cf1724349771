"""What a need is about, and by what it is answered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

__all__ = ["ANSWERED_WITH", "TOPICS"]

TOPICS = {
    "transport": _("Transport and roads"),
    "housing": _("Housing and utilities"),
    "environment": _("Water, air, nature"),
    "health": _("Health"),
    "education": _("School and learning"),
    "work": _("Work and business"),
    "support": _("Help for people"),
    "access": _("Access without barriers"),
    "culture": _("Culture, sport, leisure"),
    "safety": _("Safety"),
    "digital": _("Digital services"),
    "other": _("Something else"),
}
#: by what the university answers, beside the words
ANSWERED_WITH = {
    "study": _("a study"),
    "project": _("a project"),
    "volunteers": _("volunteers"),
    "course": _("a course"),
    "advice": _("advice or a decision"),
}
