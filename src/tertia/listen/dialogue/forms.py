"""Forms of conversations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tertia.core.languages.forms import TextFormField
from tertia.core.periods.forms import DayInput

__all__ = ["ConversationForm"]


class ConversationForm(forms.Form):
    title = TextFormField(label=_("The question"), help_text=_("One question that concerns those who shall answer."), max_length=160)
    summary = TextFormField(
        label=_("What it is about, and what happens with the result"), rows=4, max_length=3000, required=False,
        help_text=_("Say who has promised to answer, and what the answer may change."),
    )  # fmt: skip
    ends_on = forms.DateField(label=_("Last day of voting"), widget=DayInput())
    identity = forms.BooleanField(
        label=_("One person, one voice: only people who sign in may vote"), required=False,
        help_text=_("Without it guests vote too; then what looks like one who votes for many is shown to you."),
    )  # fmt: skip
    read_first = forms.BooleanField(label=_("The office reads statements before they are published"), required=False, initial=True)
    may_say = forms.BooleanField(label=_("Participants may write statements of their own"), required=False, initial=True)
    seeds = forms.CharField(
        label=_("Statements to begin with, one a line"), required=False, widget=forms.Textarea(attrs={"rows": 8}), max_length=6000,
        help_text=_("Ten or more, short, each one claim, with differing views; at most 200 letters each."),
    )  # fmt: skip

    def seed_lines(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["seeds"].splitlines() if line.strip()]

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("title", "summary", "ends_on", "identity", "read_first", "may_say")}
