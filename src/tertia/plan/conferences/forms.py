"""Forms of conferences and resolutions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tertia.core.languages.forms import NamedField, TextFormField
from tertia.core.languages.templatetags.languages import plain
from tertia.core.parties.models import Organisation
from tertia.core.periods.forms import DayInput, TimeInput
from tertia.plan.conferences.models import Session

__all__ = ["AddresseeForm", "CallForm", "ConferenceForm", "PaperForm", "ProposalForm", "ReadForm", "SessionForm", "TalkForm"]


class ReadForm(forms.Form):
    file = forms.FileField(
        label=_("The resolution"), required=False, help_text=_("Plain text, DOCX or PDF, at most 25 MB. A PDF of pictures cannot be read.")
    )
    text = forms.CharField(label=_("Or paste its text"), required=False, widget=forms.Textarea(attrs={"rows": 8}), max_length=1_000_000)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("file") and not (given.get("text") or "").strip() and not self.errors:
            raise forms.ValidationError(_("Choose a file or paste a text; both are empty."))
        return given


class ConferenceForm(forms.Form):
    title = TextFormField(label=_("Title"))
    summary = TextFormField(label=_("What it is about"), rows=3, max_length=2000, required=False)
    venue = TextFormField(label=_("Place"), required=False)
    starts_on = forms.DateField(label=_("First day"), widget=DayInput())
    ends_on = forms.DateField(label=_("Last day"), widget=DayInput())
    registration_open = forms.BooleanField(label=_("People may register now"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first one. Correct one of the two."))
        return given


class SessionForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[(Session.Kind.PLENARY, _("plenary")), (Session.Kind.SECTION, _("section")), (Session.Kind.BREAK, _("break"))],
    )
    title = TextFormField(label=_("Title"))
    room = forms.CharField(label=_("Room"), max_length=100, required=False)
    day = forms.DateField(label=_("Day"), widget=DayInput())
    from_time = forms.TimeField(label=_("From"), widget=TimeInput())
    to_time = forms.TimeField(label=_("To"), widget=TimeInput())


class TalkForm(forms.Form):
    title = TextFormField(label=_("Topic"))
    speaker = forms.CharField(label=_("Speaker"), max_length=200, required=False)


class ProposalForm(forms.Form):
    text = TextFormField(label=_("The recommendation, as it should stand in the resolution"), rows=3, max_length=2000)


class AddresseeForm(forms.Form):
    """Who an addressee of the text stands for, and which groups are addressed to it."""

    bodies = forms.ModelMultipleChoiceField(label=_("Named bodies"), queryset=Organisation.objects.none(), required=False)
    groups = forms.MultipleChoiceField(
        label=_("Groups of recommendations addressed to it"), choices=[], required=False, widget=forms.CheckboxSelectMultiple
    )
    is_class = forms.BooleanField(label=_("It is a class of bodies, not one body"), required=False)

    def __init__(self, *args: Any, bodies: Any, groups: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bodies"].queryset = bodies
        self.fields["groups"].choices = groups


class CallForm(forms.Form):
    until = forms.DateField(
        label=_("Papers may be sent until"), widget=DayInput(), required=False, help_text=_("Empty: the call is closed.")
    )
    words = TextFormField(label=_("What is asked for"), rows=3, max_length=2000, required=False)


class PaperForm(forms.Form):
    title = TextFormField(label=_("Title"), max_length=300)
    abstract = TextFormField(
        label=_("What it says"), rows=8, max_length=6000, help_text=_("Without names: reviewers are not to know who wrote it.")
    )
    section = NamedField(label=_("Section"), queryset=Session.objects.none(), required=False, empty_label=_("none yet"))
    authors = forms.CharField(
        label=_("Authors"), widget=forms.Textarea(attrs={"rows": 4}), max_length=6000,
        help_text=_("One in each line: name; where the author works; ORCID. What follows the name may be left out."),
    )  # fmt: skip

    def __init__(self, *args: Any, sections: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = sections
        self.fields["section"].label_from_instance = lambda session: plain(session.title)  # type: ignore[attr-defined]

    def clean_authors(self) -> list[tuple[str, ...]]:
        """(name, affiliation, ORCID) of each line."""
        rows = []
        for line in self.cleaned_data["authors"].splitlines():
            if line.strip():
                name, affiliation, orcid, *_more = [*(part.strip() for part in line.split(";")), "", ""]
                rows.append((name, affiliation, orcid))
        return rows
