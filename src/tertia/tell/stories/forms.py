"""Forms of stories."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tertia.core.languages.forms import NamedField, TextFormField
from tertia.core.parties.models import Organisation
from tertia.core.periods.forms import DayInput

__all__ = ["CorrectForm", "PictureForm", "PublishForm", "QuoteForm", "StoryForm", "TranslateForm"]


class StoryForm(forms.Form):
    title = TextFormField(label=_("Headline"), max_length=200)
    summary = TextFormField(label=_("Lead"), rows=2, max_length=500, required=False, help_text=_("What happened, in two sentences."))
    body = TextFormField(
        label=_("Text"), rows=16, max_length=20_000, required=False,
        help_text=_("An empty line begins a paragraph. ## begins a heading, - a list, > a quotation; **bold**, *italic*, [words](https://address)."),
    )  # fmt: skip
    shows_people = forms.BooleanField(label=_("Persons are named or can be recognised"), required=False)
    consent_words = forms.CharField(
        label=_("How did they agree?"), required=False, max_length=300, help_text=_("Such as: signed sheet of 20 November, kept in the press office. Not public.")
    )  # fmt: skip
    #: when the version was written that the writer had before him
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class CorrectForm(StoryForm):
    words = TextFormField(label=_("What is corrected?"), rows=2, max_length=500, help_text=_("Readers see it below the text."))


class PictureForm(forms.Form):
    file = forms.ImageField(label=_("Picture"))
    words = TextFormField(label=_("What is to be seen?"), max_length=300)
    consent = forms.CharField(
        label=_("How did those on it agree?"),
        max_length=200,
        required=False,
        help_text=_("Leave it empty only where nobody can be recognised."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="picture_%s", **kwargs)


class TranslateForm(forms.Form):
    title = forms.CharField(label=_("Headline"), max_length=200)
    summary = forms.CharField(label=_("Lead"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    body = forms.CharField(label=_("Text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 18}))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class PublishForm(forms.Form):
    at = forms.DateTimeField(
        label=_("When?"), required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"), help_text=_("Empty: now.")
    )  # fmt: skip


class QuoteForm(forms.Form):
    organisation = NamedField(label=_("Partner"), queryset=Organisation.objects.none())
    name = forms.CharField(label=_("Who says it?"), max_length=200, required=False)
    words = TextFormField(label=_("In their own words"), rows=3, max_length=1000)
    agreed_on = forms.DateField(
        label=_("Agreed on"),
        required=False,
        widget=DayInput(),
        help_text=_("The day on which they agreed that it is told. Without it the story does not come out."),
    )
    agreed_how = forms.CharField(label=_("How did they agree?"), max_length=200, required=False)

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="quote_%s", **kwargs)
        self.fields["organisation"].queryset = bodies
