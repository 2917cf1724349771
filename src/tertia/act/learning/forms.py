"""Forms of study."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tertia.act.learning.models import Outcome
from tertia.act.volunteering.models import Opportunity
from tertia.core.languages.forms import TextFormField
from tertia.core.languages.templatetags.languages import plain

__all__ = ["OutcomeForm", "StudyFileForm", "TieForm"]


class _Titled(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return plain(obj.title)


class _Outcomes(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {plain(obj.words)}"


class StudyFileForm(forms.Form):
    file = forms.FileField(
        label=_("List of programmes, courses and outcomes (XLSX, ODS or CSV)"),
        help_text=_(
            "Needed are programme code, programme, course code, course, credits; then service, outcome code, outcome, third mission. One line for each outcome."
        ),
    )
    language = forms.ChoiceField(label=_("Language of the list"), choices=[("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")])


class OutcomeForm(forms.Form):
    code = forms.CharField(label=_("Code"), max_length=20)
    words = TextFormField(label=_("What can the student do afterwards?"), max_length=500)
    third_mission = forms.BooleanField(label=_("Reached by serving society"), required=False)
    reason = forms.CharField(label=_("Why it changes"), max_length=300, required=False)


class TieForm(forms.Form):
    opportunity = _Titled(label=_("Where students serve"), queryset=Opportunity.objects.none())
    outcomes = _Outcomes(label=_("Which outcomes are reached there?"), queryset=Outcome.objects.none())

    def __init__(self, *args: Any, opportunities: Any, outcomes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opportunity"].queryset, self.fields["outcomes"].queryset = opportunities, outcomes  # type: ignore[attr-defined]
