"""Forms of needs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tertia.core.actions.errors import BadInput
from tertia.core.files.store import take
from tertia.core.languages.forms import TextFormField
from tertia.core.languages.templatetags.languages import plain
from tertia.core.parties.groups import groups_on
from tertia.core.parties.models import Organisation
from tertia.core.periods.forms import DayInput
from tertia.core.places.models import Place
from tertia.core.records.models import OwedAnswer
from tertia.listen.needs.vocabulary import ANSWERED_WITH, TOPICS

__all__ = ["ANSWERS", "AnswerForm", "AskForm", "NeedAnswerForm", "NeedForm"]

MOST_PICTURES = 3
ANSWERS = [
    (OwedAnswer.State.ACCEPTED, _("Yes")),
    (OwedAnswer.State.PARTLY, _("In part")),
    (OwedAnswer.State.DONE, _("It is done")),
    (OwedAnswer.State.DECLINED, _("No, because")),
]


class PlaceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return plain(obj.name)


class OrganisationField(PlaceField):
    """An organisation by its name in the reader's language."""


class PicturesInput(forms.ClearableFileInput):
    """Several photographs in one control."""

    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Up to three photographs; cleans to pairs of a taken picture and its name."""

    widget = PicturesInput

    def clean(self, data: Any, initial: Any = None) -> list[tuple[Any, str]]:
        uploads = data if isinstance(data, list | tuple) else [data] if data else []
        if len(uploads) > MOST_PICTURES:
            raise forms.ValidationError(_("At most three photographs."))
        found = []
        for upload in uploads:
            try:
                taken = take(upload)
            except BadInput as error:
                raise forms.ValidationError(error.faults[0].sentence) from error
            if not taken.media_type.startswith("image/"):
                raise forms.ValidationError(_("Only photographs are taken here (JPEG, PNG, WebP)."))
            found.append((taken, upload.name))
        return found


class NeedForm(forms.Form):
    """Raised in under two minutes: one sentence, and what else one likes to say."""

    title = TextFormField(label=_("What is missing?"), help_text=_("One sentence, as you would say it to a neighbour."), max_length=200)
    summary = TextFormField(label=_("Tell more"), rows=4, max_length=3000, required=False)
    topic = forms.ChoiceField(label=_("What is it about?"), choices=[("", _("not said")), *TOPICS.items()], required=False)
    place = PlaceField(label=_("Region"), queryset=Place.objects.none(), required=False, empty_label=_("not said"))
    groups = forms.MultipleChoiceField(label=_("Whom does it concern?"), required=False, widget=forms.CheckboxSelectMultiple)
    concerned = forms.IntegerField(label=_("How many people are concerned, about?"), min_value=1, max_value=50_000_000, required=False)
    since = forms.DateField(label=_("Since when?"), required=False, widget=DayInput())
    pictures = PicturesField(
        label=_("Photographs"),
        required=False,
        help_text=_("At most three. Where they were taken is removed; show no faces without consent."),
    )
    pictures_words = forms.CharField(
        label=_("What do the photographs show?"), required=False, max_length=300, help_text=_("For those who cannot see them.")
    )
    asked_by = OrganisationField(label=_("I speak for"), queryset=Organisation.objects.none(), required=False, empty_label=_("myself"))

    def __init__(self, *args: Any, places: Any, mine: Any, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places
        self.fields["groups"].choices = [(code, plain(words)) for code, words in groups_on(day)]
        self.fields["asked_by"].queryset = mine
        if not mine:
            del self.fields["asked_by"]


class AskForm(forms.Form):
    party = OrganisationField(label=_("Who owes the answer?"), queryset=Organisation.objects.none())
    due_on = forms.DateField(label=_("By when?"), required=False, widget=DayInput(), help_text=_("Empty: the usual term."))

    def __init__(self, *args: Any, parties: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = parties


class AnswerForm(forms.Form):
    state = forms.ChoiceField(label=_("The answer"), choices=ANSWERS, widget=forms.RadioSelect)
    words = TextFormField(
        label=_("In your own words"), rows=4, max_length=3000, help_text=_("They are shown as you write them. A refusal needs its reason.")
    )


class NeedAnswerForm(AnswerForm):
    """The answer to a need says by what it is answered, and may name the record that came of it."""

    answered_with = forms.ChoiceField(label=_("Answered with"), choices=[("", _("words alone")), *ANSWERED_WITH.items()], required=False)
    evidence = forms.IntegerField(
        label=_("Number of the record that came of it"),
        required=False,
        min_value=1,
        help_text=_("A measure, an activity, a call for volunteers."),
    )
