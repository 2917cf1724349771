"""Forms of joint projects."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tertia.act.projects.kinds import SAYS
from tertia.core.languages.forms import NamedField, TextFormField
from tertia.core.parties.models import Organisation
from tertia.core.periods.forms import DayInput

__all__ = ["ConfirmForm", "JoinForm", "ProjectForm", "StageForm"]

LINES = 3


class ProjectForm(forms.Form):
    title = TextFormField(label=_("What is done together?"), max_length=250)
    summary = TextFormField(label=_("Tell more"), rows=3, max_length=3000, required=False)
    expected = TextFormField(label=_("What shall be different afterwards?"), rows=2, max_length=1000)
    how_seen = TextFormField(
        label=_("How will that be seen?"), rows=2, max_length=1000, help_text=_("A count, a document, somebody's words.")
    )
    starts_on = forms.DateField(label=_("First day"), widget=DayInput())
    ends_on = forms.DateField(label=_("Last day"), widget=DayInput(), required=False)
    unit = NamedField(label=_("Unit"), queryset=Organisation.objects.none(), required=False, empty_label=_("not said"))

    def __init__(self, *args: Any, partners: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        for n in range(1, LINES + 1):
            self.fields[f"partner_{n}"] = NamedField(
                label=_("With whom"), queryset=partners, required=n == 1, empty_label=_("choose") if n == 1 else _("nobody else")
            )
            self.fields[f"leads_{n}"] = forms.BooleanField(label=_("It leads as we do"), required=False, initial=True)
            self.fields[f"gives_{n}"] = forms.CharField(label=_("What it puts in"), max_length=500, required=False)


class StageForm(forms.Form):
    title = TextFormField(label=_("What will be there?"), max_length=250)
    due_on = forms.DateField(label=_("By"), widget=DayInput())


class JoinForm(forms.Form):
    contributes = TextFormField(label=_("What you put in"), rows=2, max_length=1000, required=False)


class ConfirmForm(forms.Form):
    says = forms.ChoiceField(label=_("Is the result there?"), choices=list(SAYS.items()), widget=forms.RadioSelect)
    words = TextFormField(label=_("In your words"), rows=2, max_length=1000, required=False)
