"""Forms of needs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tertia.core.languages.forms import TextFormField
from tertia.core.parties.models import Organisation
from tertia.core.places.models import Place
from tertia.core.records.models import OwedAnswer

__all__ = ["ANSWERS", "AnswerForm", "AskForm", "NeedForm"]

ANSWERS = [
    (OwedAnswer.State.ACCEPTED, _("Yes")),
    (OwedAnswer.State.PARTLY, _("In part")),
    (OwedAnswer.State.DONE, _("It is done")),
    (OwedAnswer.State.DECLINED, _("No, because")),
]


class PlaceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        from tertia.core.languages.templatetags.languages import plain  # app start

        return plain(obj.name)


class OrganisationField(PlaceField):
    """An organisation by its name in the reader's language."""


class NeedForm(forms.Form):
    """Raised in under two minutes: one sentence, and what else one likes to say."""

    title = TextFormField(label=_("What is missing?"), help_text=_("One sentence, as you would say it to a neighbour."), max_length=200)
    summary = TextFormField(label=_("Tell more"), rows=4, max_length=3000, required=False)
    place = PlaceField(label=_("Region"), queryset=Place.objects.none(), required=False, empty_label=_("not said"))
    concerned = forms.IntegerField(label=_("How many people are concerned, about?"), min_value=1, max_value=50_000_000, required=False)
    asked_by = OrganisationField(label=_("I speak for"), queryset=Organisation.objects.none(), required=False, empty_label=_("myself"))

    def __init__(self, *args: Any, places: Any, mine: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places
        self.fields["asked_by"].queryset = mine
        if not mine:
            del self.fields["asked_by"]


class AskForm(forms.Form):
    party = OrganisationField(label=_("Who owes the answer?"), queryset=Organisation.objects.none())
    due_on = forms.DateField(
        label=_("By when?"), required=False, widget=forms.DateInput(attrs={"type": "date"}), help_text=_("Empty: the usual term.")
    )

    def __init__(self, *args: Any, parties: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = parties


class AnswerForm(forms.Form):
    state = forms.ChoiceField(label=_("The answer"), choices=ANSWERS, widget=forms.RadioSelect)
    words = TextFormField(
        label=_("In your own words"), rows=4, max_length=3000, help_text=_("They are shown as you write them. A refusal needs its reason.")
    )
