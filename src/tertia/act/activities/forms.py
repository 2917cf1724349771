"""Forms of activities."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tertia.core.languages.forms import TextFormField
from tertia.core.languages.templatetags.languages import plain
from tertia.core.parties.models import Organisation

__all__ = ["ActivityForm", "AmendForm", "ClaimForm"]


class NamedField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return plain(obj.name)


class ActivityForm(forms.Form):
    title = TextFormField(label=_("What is done?"), max_length=250)
    summary = TextFormField(label=_("Tell more"), rows=3, max_length=3000, required=False)
    host = NamedField(
        label=_("Host"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("nobody from outside"),
        help_text=_("The host signs the hours."),
    )
    unit = NamedField(label=_("Unit"), queryset=Organisation.objects.none(), required=False, empty_label=_("not said"))
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    from_time = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}))
    to_time = forms.TimeField(label=_("To"), widget=forms.TimeInput(attrs={"type": "time"}))
    where = forms.CharField(label=_("Place"), max_length=200, required=False)
    open_to_public = forms.BooleanField(label=_("Open to the public"), required=False)
    held = forms.BooleanField(label=_("It has been held"), required=False)

    def __init__(self, *args: Any, hosts: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset, self.fields["unit"].queryset = hosts, units

    def times(self) -> tuple[dt.datetime, dt.datetime]:
        zone = timezone.get_current_timezone()
        day = self.cleaned_data["day"]
        return (
            dt.datetime.combine(day, self.cleaned_data["from_time"], zone),
            dt.datetime.combine(day, self.cleaned_data["to_time"], zone),
        )


class ClaimForm(forms.Form):
    """People by their numbers in the university's list, one in a line, with hours."""

    lines = forms.CharField(
        label=_("Who took part"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One person in a line: number in the list of people, then hours. For example: S00012 4 or S00012 3,5"),
    )


class AmendForm(ClaimForm):
    """Who is missing on a signed sheet, and why."""

    reason = forms.CharField(label=_("Why is it corrected?"), max_length=300)
