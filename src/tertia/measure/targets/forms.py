"""Forms of targets."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tertia.core.languages.forms import TextFormField
from tertia.core.languages.templatetags.languages import plain
from tertia.core.parties.models import Organisation, Person
from tertia.core.periods.years import period as period_of
from tertia.measure.indicators.models import Indicator
from tertia.measure.targets.actions import Proposal

__all__ = ["DecisionForm", "LagForm", "TargetForm"]


class TitleField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return plain(obj.title)


class NameField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return plain(obj.name) if isinstance(obj, Organisation) else str(obj.name)


class TargetForm(forms.Form):
    indicator = TitleField(label=_("Indicator"), queryset=Indicator.objects.none(), empty_label=None)
    unit = NameField(label=_("Unit"), queryset=Organisation.objects.none(), required=False, empty_label=_("the whole university"))
    period = forms.ChoiceField(label=_("Period"))
    baseline = forms.DecimalField(
        label=_("Baseline"), required=False, help_text=_("From where you start. Empty means: not known."), localize=True
    )
    baseline_period = forms.CharField(label=_("Period of the baseline"), max_length=10, required=False, help_text=_("Such as 2024-25."))
    value = forms.DecimalField(label=_("Target"), help_text=_("What the figure shall be at the end of the period."), localize=True)
    weight = forms.DecimalField(
        label=_("Weight"), initial=1, help_text=_("How much it counts among the targets. 0 means: watched only."), localize=True
    )
    responsible = NameField(label=_("Who answers for it"), queryset=Person.objects.none(), required=False, empty_label=_("not said"))

    def __init__(self, *args: Any, indicators: Any, units: Any, people: Any, periods: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].queryset = indicators
        self.fields["unit"].queryset = units
        self.fields["responsible"].queryset = people
        self.fields["period"].choices = [(p, p) for p in periods]

    def clean_period(self) -> str:
        return period_of(self.cleaned_data["period"]).label

    @property
    def proposal(self) -> Proposal:
        return Proposal(**self.cleaned_data)


class DecisionForm(forms.Form):
    words = TextFormField(
        label=_("Words with the decision"), rows=2, max_length=1000, required=False, help_text=_("Needed when you give it back.")
    )


class LagForm(forms.Form):
    words = TextFormField(label=_("What holds it up, and what do you do about it?"), rows=3, max_length=2000)
