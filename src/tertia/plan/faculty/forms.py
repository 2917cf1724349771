"""Forms of the faculty."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tertia.core.languages.forms import NamedField, TextFormField
from tertia.core.languages.templatetags.languages import plain
from tertia.core.parties.models import Organisation, Person
from tertia.core.periods.forms import DayInput
from tertia.core.records.models import Record
from tertia.plan.faculty.vocabulary import RECOGNITIONS, WHOLE, YEAR, function_word, functions, position_word, positions

__all__ = [
    "BesideForm", "FunctionForm", "LineForm", "NormForm", "PartForm", "PostForm", "ProfileForm", "RecognitionForm", "ReviewForm", "TrainingForm",
]  # fmt: skip


def _hours(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_digits=6, decimal_places=2, localize=True, **more)


class ProfileForm(forms.Form):
    position = forms.ChoiceField(label=_("Position"))
    unit = NamedField(label=_("Faculty"), queryset=Organisation.objects.none(), required=False, empty_label=_("the whole university"))
    title = TextFormField(label=_("Name of the profile"), max_length=200)
    qualification = TextFormField(label=_("What whoever holds it has to be able to do"), rows=4, max_length=4000, required=False)
    summary = TextFormField(label=_("What the position is for"), rows=2, max_length=1000, required=False)

    def __init__(self, *args: Any, units: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if units is None:
            del self.fields["position"], self.fields["unit"]
            return
        self.fields["position"].choices = [(code, position_word(code)) for code in positions()]
        self.fields["unit"].queryset = units


class FunctionForm(forms.Form):
    function = forms.ChoiceField(label=_("Function"))
    words = TextFormField(
        label=_("What it means in this position"), rows=2, max_length=600, help_text=_("Say what is done, with whom, how often. What fits every position says nothing.")
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["function"].choices = [(code, function_word(code)) for code in functions()]


class ReviewForm(forms.Form):
    title = TextFormField(label=_("Name of the review"), max_length=200)
    summary = TextFormField(label=_("What is looked for"), rows=3, max_length=1000, required=False)
    due_on = forms.DateField(label=_("To be finished by"), widget=DayInput())


class NormForm(forms.Form):
    function = forms.ChoiceField(label=_("For what"))
    valid_from = forms.DateField(label=_("In force from"), widget=DayInput())
    each = _hours(_("Hours for one piece"), required=False)
    fewest = _hours(_("At least, hours a year of a full post"), required=False)
    most = _hours(_("At most, hours a year of a full post"), required=False)
    source = forms.CharField(label=_("Where it stands"), max_length=300, help_text=_("Decision of the academic council, number and day."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["function"].choices = [
            (WHOLE, _("all of the third mission")), (YEAR, _("all work of a year")), *((code, function_word(code)) for code in functions()),
        ]  # fmt: skip


class PostForm(forms.Form):
    number = forms.CharField(label=_("Staff number"), max_length=60)
    position = forms.ChoiceField(label=_("Position"))
    rate = forms.DecimalField(
        label=_("Rate"),
        min_value=0,
        max_value=2,
        max_digits=3,
        decimal_places=2,
        initial=1,
        localize=True,
        help_text=_("1 is a full post."),
    )
    unit = NamedField(label=_("Faculty"), queryset=Organisation.objects.none(), required=False, empty_label=_("not said"))
    chair = NamedField(label=_("Chair"), queryset=Organisation.objects.none(), required=False, empty_label=_("not said"))
    starts_on = forms.DateField(label=_("First day"), widget=DayInput())

    def __init__(self, *args: Any, home: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.home = home
        self.fields["position"].choices = [(code, position_word(code)) for code in positions()]
        self.fields["unit"].queryset = Organisation.objects.filter(parent=home, kind="unit").order_by("slug")
        self.fields["chair"].queryset = Organisation.objects.filter(parent__parent=home, kind="unit").order_by("parent__slug", "slug")

    def clean_number(self) -> Person:
        found = Person.objects.filter(home=self.home, key=self.cleaned_data["number"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("Nobody of your university has this number."))
        return found


class LineForm(forms.Form):
    function = forms.ChoiceField(label=_("Function"))
    what = forms.CharField(label=_("What is to be done"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    times = forms.IntegerField(label=_("How many pieces"), min_value=1, max_value=999, required=False)
    hours = _hours(_("Hours in the year"), required=False, help_text=_("Empty: pieces times the hours that the norm gives for one."))
    by_on = forms.DateField(label=_("By when"), widget=DayInput(), required=False)
    measure = NamedField(label=_("Serves the measure"), queryset=Record.objects.none(), required=False, empty_label=_("none"))

    def __init__(self, *args: Any, measures: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["function"].choices = [(code, function_word(code)) for code in functions()]
        self.fields["measure"].queryset = measures
        self.fields["measure"].label_from_instance = lambda record: f"{record.number} {plain(record.title)}".strip()  # type: ignore[attr-defined]


class BesideForm(forms.Form):
    other_hours = forms.DecimalField(
        label=_("Hours of all other work in the year"), min_value=0, max_digits=7, decimal_places=2, required=False, localize=True,
        help_text=_("Teaching, methods, research, as planned. By it one sees whether the year is overfull."),
    )  # fmt: skip
    words = forms.CharField(label=_("A word to the other side"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    beyond_why = forms.CharField(label=_("Why the norms are left"), max_length=500, required=False, help_text=_("Only where they are."))


class RecognitionForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of decision"), choices=list(RECOGNITIONS.items()))
    decided_on = forms.DateField(label=_("Decided on"), widget=DayInput())
    source = forms.CharField(label=_("Paper"), max_length=300, help_text=_("Number and day of the order."))
    words = forms.CharField(label=_("What was decided"), max_length=500, required=False)


class TrainingForm(forms.Form):
    title = TextFormField(label=_("Name of the training"), max_length=200)
    held_by = forms.CharField(label=_("Held by"), max_length=200)
    ended_on = forms.DateField(label=_("Last day"), widget=DayInput())
    hours = _hours(_("Hours"))


class PartForm(forms.Form):
    numbers = forms.CharField(
        label=_("Staff numbers of those who finished it"), widget=forms.Textarea(attrs={"rows": 4}), help_text=_("One in each line.")
    )

    def __init__(self, *args: Any, home: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.home = home

    def clean_numbers(self) -> list[Person]:
        said = list(dict.fromkeys(self.cleaned_data["numbers"].split()))
        found = {p.key: p for p in Person.objects.filter(home=self.home, key__in=said)}
        unknown = [number for number in said if number not in found]
        if unknown:
            raise forms.ValidationError(
                _("Nobody of your university has the number %(numbers)s."), params={"numbers": ", ".join(unknown[:10])}
            )
        return [found[number] for number in said]
