"""Forms of study."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tertia.act.learning.models import Outcome
from tertia.act.volunteering.models import Opportunity
from tertia.core.languages.forms import NamedField, TextFormField
from tertia.core.languages.templatetags.languages import plain
from tertia.core.parties.models import Organisation
from tertia.core.periods.forms import DayInput

__all__ = ["OutcomeForm", "PractitionerForm", "PlatformForm", "StudyFileForm", "TieForm"]


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


class PlatformForm(forms.Form):
    """What the platform's administrator page shows of the tool that it has added."""

    title = forms.CharField(label=_("Name of the platform"), max_length=100)
    issuer = forms.URLField(label=_("Platform id (issuer)"), max_length=300, assume_scheme="https")
    client_id = forms.CharField(label=_("Client id"), max_length=200)
    deployments = forms.CharField(label=_("Deployment ids"), max_length=1000, help_text=_("Several are separated by commas."))
    auth_url = forms.URLField(label=_("Authentication request address"), max_length=500, assume_scheme="https")
    token_url = forms.URLField(label=_("Access token address"), max_length=500, assume_scheme="https")
    keys_url = forms.URLField(label=_("Public keyset address"), max_length=500, assume_scheme="https")

    def clean_deployments(self) -> list[str]:
        return [one.strip() for one in self.cleaned_data["deployments"].split(",") if one.strip()]


class PractitionerForm(forms.Form):
    led_by = forms.CharField(label=_("Who led it"), max_length=200)
    organisation = NamedField(label=_("Of which organisation"), queryset=Organisation.objects.none())
    held_on = forms.DateField(label=_("Day"), widget=DayInput())
    hours = forms.DecimalField(label=_("Hours"), min_value=0, max_digits=4, decimal_places=2, localize=True, initial=2)
    topic = TextFormField(label=_("Topic"), max_length=300)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
