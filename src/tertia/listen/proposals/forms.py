"""Forms of proposals."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tertia.core.languages.forms import TextFormField
from tertia.core.periods.forms import DayInput

__all__ = ["AmendmentForm", "PollForm", "ProposalForm"]


class ProposalForm(forms.Form):
    title = TextFormField(
        label=_("What do you propose?"), help_text=_("One sentence that says what shall be done, and by whom."), max_length=200
    )
    words = TextFormField(label=_("The text of the proposal"), rows=8, max_length=6000, help_text=_("Others may propose to change it."))


class AmendmentForm(forms.Form):
    words = TextFormField(label=_("The text as it should be"), rows=8, max_length=6000)
    reason = TextFormField(label=_("Why?"), rows=3, max_length=1000)


class PollForm(forms.Form):
    method = forms.ChoiceField(
        label=_("How is it voted?"), widget=forms.RadioSelect, initial="choice",
        choices=[("choice", _("one option each")), ("approval", _("all options that one can live with")), ("ranked", _("options in the order of preference"))],
    )  # fmt: skip
    options = forms.CharField(label=_("Options, one a line"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)
    voters = forms.ChoiceField(
        label=_("Who votes?"), widget=forms.RadioSelect, initial="all",
        choices=[("all", _("all members with an account")), ("leaders", _("leaders, the office and editors"))],
    )  # fmt: skip
    quorum = forms.DecimalField(
        label=_("Quorum, as a share"), initial=Decimal("0.5"), min_value=Decimal(0), max_value=Decimal("0.99"), decimal_places=3,
        help_text=_("More than this share of those entitled has to vote."),
    )  # fmt: skip
    ends_on = forms.DateField(label=_("Last day of voting"), widget=DayInput())

    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "options": self.cleaned_data["options"].splitlines()}
