"""Forms of self-evaluations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tertia.core.languages.forms import TextFormField
from tertia.core.periods.forms import DayInput
from tertia.tell.accreditation.standards import Standard

__all__ = ["BeginForm", "CriterionForm", "EvidenceForm"]


class BeginForm(forms.Form):
    title = TextFormField(label=_("What is accredited"))
    agency = forms.CharField(label=_("Agency"), max_length=200)
    due_on = forms.DateField(label=_("Due on"), required=False, widget=DayInput())
    standard = forms.ChoiceField(label=_("Criteria"), required=False)
    listed = forms.CharField(
        label=_("Or the agency’s own list"), max_length=100_000, required=False, widget=forms.Textarea(attrs={"rows": 8}), help_text=_("One criterion on a line, its number first: 3.2 Employers take part in the design of programmes.")
    )  # fmt: skip
    source = forms.CharField(label=_("Where the list is from"), max_length=500, required=False)

    def __init__(self, *args: Any, known: dict[str, Standard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = (get_language() or "en")[:2]
        choices = [(s.id, s.title.get(language) or next(iter(s.title.values()))) for s in known.values()]
        field: Any = self.fields["standard"]
        field.choices = [("", _("the list below")), *choices]


class CriterionForm(forms.Form):
    text = TextFormField(label=_("What the university says to it"), rows=12, max_length=20_000, required=False)


class EvidenceForm(forms.Form):
    record = forms.CharField(
        label=_("The address of a record"), max_length=500, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    words = forms.CharField(
        label=_("Or a document in words"), max_length=500, required=False, help_text=_("Beside a record: what in it is meant.")
    )
    on = forms.DateField(label=_("Its day"), required=False, widget=DayInput())
