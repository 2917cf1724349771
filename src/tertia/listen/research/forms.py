"""Forms of research."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tertia.core.languages.forms import AmountField, NamedField, TextFormField
from tertia.core.languages.templatetags.languages import plain
from tertia.core.parties.models import Organisation, Person
from tertia.core.periods.forms import DayInput
from tertia.core.places.models import Place
from tertia.listen.research.models import Study
from tertia.listen.research.vocabulary import LEVELS, PARTS, TYPES, USES

__all__ = ["AnswerUseForm", "FinishForm", "HandBackForm", "OfferForm", "PartForm", "QuestionForm", "StudyForm", "TakeForm", "UseForm"]


class TitledField(forms.ModelChoiceField):
    """A choice of records by their titles in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        return plain(obj.title)


class QuestionForm(forms.Form):
    body = NamedField(label=_("Who owns the question?"), queryset=Organisation.objects.none())
    title = TextFormField(label=_("The question"), max_length=250, help_text=_("One sentence that ends with a question mark."))
    decides = TextFormField(label=_("What would you decide otherwise if you knew the answer?"), rows=2, max_length=1000)
    summary = TextFormField(label=_("Tell more"), rows=4, max_length=4000, required=False)
    data = TextFormField(label=_("Which data can you give?"), rows=2, max_length=1000, required=False)
    place = NamedField(label=_("Region"), queryset=Place.objects.none(), required=False, empty_label=_("not said"))
    wanted_by = forms.DateField(label=_("By when is the answer wanted?"), required=False, widget=DayInput())

    def __init__(self, *args: Any, bodies: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies
        self.fields["place"].queryset = places


class OfferForm(forms.Form):
    chair = NamedField(label=_("Chair or faculty"), queryset=Organisation.objects.none())
    level = forms.ChoiceField(label=_("As what?"), choices=list(LEVELS.items()), initial="master")

    def __init__(self, *args: Any, chairs: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="offer_%s", **kwargs)
        self.fields["chair"].queryset = chairs


class TakeForm(forms.Form):
    supervisor = NamedField(label=_("Who supervises it?"), queryset=Person.objects.none(), required=False)
    student = forms.CharField(
        label=_("Who writes it?"), max_length=200, required=False, help_text=_("Seen inside the university only; may stay empty.")
    )
    due_on = forms.DateField(label=_("By when is the summary handed back?"), required=False, widget=DayInput())
    reason = TextFormField(label=_("If it is not taken: why?"), rows=2, max_length=1000, required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="take_%s", **kwargs)
        self.fields["supervisor"].queryset = people


class HandBackForm(forms.Form):
    words = TextFormField(
        label=_("What was found, in plain words"), rows=6, max_length=4000, help_text=_("In Kazakh and in Russian. No word that the asker would have to look up.")
    )  # fmt: skip
    study = TitledField(label=_("The study"), queryset=Study.objects.none(), required=False, empty_label=_("none on record"))

    def __init__(self, *args: Any, studies: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="back_%s", **kwargs)
        self.fields["study"].queryset = studies


class StudyForm(forms.Form):
    title = TextFormField(label=_("Title"), rows=2, max_length=600)
    work_type = forms.ChoiceField(label=_("What is it?"), choices=list(TYPES.items()), initial="report")
    summary = TextFormField(
        label=_("Summary in plain words"), rows=6, max_length=4000, required=False,
        help_text=_("What was found and what follows from it, for somebody who is no scientist. A study counts as summarised when it stands in Kazakh and in Russian."),
    )  # fmt: skip
    place = NamedField(label=_("Region"), queryset=Place.objects.none(), required=False, empty_label=_("not said"))
    starts_on = forms.DateField(label=_("Since when?"), required=False, widget=DayInput())
    finished_on = forms.DateField(
        label=_("Finished or published on"), required=False, widget=DayInput(), help_text=_("Empty while it is running.")
    )
    authors = forms.CharField(
        label=_("Authors"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line: family name, given name; ORCID if there is one. Such as: Carberry, Josiah; 0000-0002-1825-0097"),
    )  # fmt: skip
    doi = forms.CharField(label="DOI", required=False, max_length=250)
    container = forms.CharField(label=_("Journal, book or series"), required=False, max_length=400)
    funding = forms.CharField(
        label=_("Funding"), required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("One a line: name; ROR; number of the grant.")
    )  # fmt: skip

    def __init__(self, *args: Any, places: Any, running: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places
        if not running:
            del self.fields["finished_on"]


class FinishForm(forms.Form):
    finished_on = forms.DateField(label=_("Finished or published on"), widget=DayInput())


class PartForm(forms.Form):
    organisation = NamedField(label=_("Body"), queryset=Organisation.objects.none())
    part = forms.ChoiceField(label=_("In what did it take part?"), choices=list(PARTS.items()))

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="part_%s", **kwargs)
        self.fields["organisation"].queryset = bodies


class UseForm(forms.Form):
    body = NamedField(label=_("Who used it?"), queryset=Organisation.objects.none())
    kind = forms.ChoiceField(label=_("As what?"), choices=list(USES.items()))
    words = TextFormField(label=_("What was done?"), rows=2, max_length=1000)
    document = forms.CharField(label=_("Document that names the study"), max_length=300, help_text=_("Number, day, title."))
    address = forms.URLField(label=_("Address of the document"), required=False, assume_scheme="https")
    on = forms.DateField(label=_("Day of the document"), widget=DayInput())
    amount = AmountField(label=_("Sum in tenge, if it is a budget line"), required=False)

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="use_%s", **kwargs)
        self.fields["body"].queryset = bodies


class AnswerUseForm(forms.Form):
    so = forms.ChoiceField(label=_("Is it so?"), choices=[("yes", _("Yes, it is so")), ("no", _("No"))], widget=forms.RadioSelect)
    words = TextFormField(label=_("In your own words"), rows=3, max_length=1000, required=False, help_text=_("A no needs its reason."))
