"""Forms of graduate start-ups."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tertia.core.languages.forms import NamedField, TextFormField
from tertia.core.parties.models import Organisation
from tertia.core.periods.forms import DayInput

__all__ = ["ConfirmForm", "EndForm", "StartupForm"]


class StartupForm(forms.Form):
    title = TextFormField(label=_("What is the firm called?"), max_length=250)
    summary = TextFormField(label=_("What it does"), rows=2, max_length=2000, required=False)
    starts_on = forms.DateField(label=_("Day of registration"), widget=DayInput())
    graduated_in = forms.IntegerField(
        label=_("Year of graduation"), min_value=1900, max_value=2200, help_text=_("Of the graduate among the founders who graduated last. Names are not kept.")
    )  # fmt: skip
    helped_with = TextFormField(
        label=_("What did the university do for it?"), rows=2, max_length=1000, required=False, help_text=_("A room, money, advice, a course. Empty: nothing.")
    )  # fmt: skip
    organisation = NamedField(
        label=_("The firm in the register of partners"), queryset=Organisation.objects.none(), required=False, empty_label=_("not there")
    )
    unit = NamedField(label=_("Unit"), queryset=Organisation.objects.none(), required=False, empty_label=_("not said"))

    def __init__(self, *args: Any, firms: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = firms
        self.fields["unit"].queryset = units


class ConfirmForm(forms.Form):
    how_seen = TextFormField(
        label=_("How was it seen that it works?"), rows=2, max_length=1000, help_text=_("A tax return, a contract, a visit.")
    )


class EndForm(forms.Form):
    ends_on = forms.DateField(label=_("Last day"), widget=DayInput())
