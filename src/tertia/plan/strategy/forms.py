"""Forms of measures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tertia.core.languages.forms import TextFormField
from tertia.core.languages.templatetags.languages import plain
from tertia.core.parties.models import Organisation

__all__ = ["MeasureForm"]

_DATE = {"attrs": {"type": "date"}}


class UnitField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return plain(obj.name)


class MeasureForm(forms.Form):
    title = TextFormField(label=_("What will be done?"), help_text=_("One sentence that can be checked afterwards."), max_length=250)
    summary = TextFormField(label=_("Tell more"), rows=3, max_length=3000, required=False)
    number = forms.CharField(label=_("Number"), max_length=20, required=False)
    unit = UnitField(label=_("Unit that answers for it"), queryset=Organisation.objects.none(), required=False, empty_label=_("not said"))
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput(**_DATE))
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(**_DATE))
    budget = forms.DecimalField(
        label=_("Budget in tenge"),
        max_digits=14,
        decimal_places=2,
        required=False,
        help_text=_("Write 0 where no money is needed; empty means: not said."),
    )
    target = forms.CharField(label=_("Target"), max_length=200, required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
