"""Forms of strategies and measures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tertia.core.languages.forms import AmountField, NamedField, TextFormField
from tertia.core.parties.models import Organisation
from tertia.core.periods.forms import DayInput
from tertia.plan.strategy.vocabulary import form_word, mission_forms

__all__ = ["AdoptForm", "MeasureForm", "MissionForm", "ReadForm"]


class MeasureForm(forms.Form):
    title = TextFormField(label=_("What will be done?"), help_text=_("One sentence that can be checked afterwards."), max_length=250)
    summary = TextFormField(label=_("Tell more"), rows=3, max_length=3000, required=False)
    number = forms.CharField(label=_("Number"), max_length=20, required=False)
    unit = NamedField(label=_("Unit that answers for it"), queryset=Organisation.objects.none(), required=False, empty_label=_("not said"))
    starts_on = forms.DateField(label=_("First day"), widget=DayInput())
    ends_on = forms.DateField(label=_("Last day"), widget=DayInput())
    budget = AmountField(
        label=_("Budget in tenge"), required=False, help_text=_("Write 0 where no money is needed; empty means: not said.")
    )
    target = forms.CharField(
        label=_("Target"), max_length=200, required=False, help_text=_("With a number, such as: 12 schools each year.")
    )
    proof = TextFormField(
        label=_("How will it be seen?"), rows=2, max_length=1000, required=False, help_text=_("A signed sheet, a count, a document.")
    )
    priority = NamedField(label=_("Priority"), queryset=None, required=False, empty_label=_("none"))

    def __init__(self, *args: Any, units: Any, strategy: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        if strategy is None:
            del self.fields["priority"]
            return
        self.fields["priority"].queryset = strategy.priorities.all()
        self.fields["priority"].label_from_instance = lambda obj: str(obj.title)  # type: ignore[attr-defined]
        for name in ("starts_on", "ends_on"):
            self.fields[name].required = False


class MissionForm(forms.Form):
    title = TextFormField(label=_("In one line"), max_length=250, help_text=_("What does the university want to be for its society?"))
    mission = TextFormField(label=_("The social mission in your own words"), rows=5, max_length=4000, required=False)
    own_forms = TextFormField(label=_("Forms of your own, one in a line"), rows=2, max_length=1000, required=False)
    starts_on = forms.DateField(label=_("First day"), widget=DayInput(), required=False)
    ends_on = forms.DateField(label=_("Last day"), widget=DayInput(), required=False)
    #: the last line here, for the module bears this name too
    forms = forms.MultipleChoiceField(label=_("Forms in which it is carried out"), widget=forms.CheckboxSelectMultiple, required=False)

    field_order = ("title", "mission", "forms", "own_forms", "starts_on", "ends_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forms"].choices = [(code, form_word(code)) for code in mission_forms()]


class AdoptForm(forms.Form):
    decision = forms.CharField(
        label=_("By which decision"), max_length=200, help_text=_("Body, number and day: Academic council, No. 5, 28 November 2026.")
    )
    why = TextFormField(label=_("Why this version"), rows=2, max_length=1000, required=False)


class ReadForm(forms.Form):
    file = forms.FileField(label=_("Plan or strategy (DOCX, XLSX, PDF)"))
