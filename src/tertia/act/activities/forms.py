"""Forms of activities."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tertia.act.activities.actions.writing import Details
from tertia.act.activities.engagement import kind_word, kinds
from tertia.act.activities.models import Photo
from tertia.core.languages.forms import NamedField, TextFormField
from tertia.core.languages.templatetags.languages import plain
from tertia.core.parties.groups import groups_on
from tertia.core.parties.models import Organisation, Person
from tertia.core.parties.queries import ids_by_name, organisations
from tertia.core.periods.forms import DayInput, TimeInput

__all__ = ["FIRST", "ActivityForm", "AmendForm", "ClaimForm", "HostField", "OutcomeForm", "PhotoForm", "RepeatForm"]

#: what everybody is asked; the rest is folded, so that an activity is written down in a minute and a half on a phone
FIRST = ("title", "day", "from_time", "to_time", "where", "host", "lines", "reached", "outputs")


class HostField(forms.CharField):
    """An organisation by its name in any language, as it is typed or chosen from those that were hosts lately. Cleans to it or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=250, **kwargs)
        self.lately: list[str] = []

    def prepare_value(self, value: Any) -> Any:
        return plain(value.name) if isinstance(value, Organisation) else value

    def clean(self, value: Any) -> Any:
        words = super().clean(value).strip()
        if not words:
            return None
        found = ids_by_name(organisations()).get(words.lower())
        if found is None:
            raise forms.ValidationError(
                gettext("There is no organisation of this name. Choose one from the list, or write it down first under Organisations."),
                code="unknown",
            )
        return Organisation.objects.get(pk=found)


class ActivityForm(forms.Form):
    """One form for every return. `details` gives what the returns ask for beside title, time and place."""

    title = TextFormField(label=_("What is done?"), max_length=250)
    day = forms.DateField(label=_("Day"), widget=DayInput())
    from_time = forms.TimeField(label=_("From"), widget=TimeInput())
    to_time = forms.TimeField(label=_("To"), widget=TimeInput())
    where = forms.CharField(label=_("Place"), max_length=200, required=False)
    host = HostField(label=_("Host"), required=False, help_text=_("The partner who signs the hours; empty: nobody from outside."))
    lines = forms.CharField(
        label=_("Who took part"), widget=forms.Textarea(attrs={"rows": 3}), required=False,
        help_text=_("Numbers in the list of people: S00012 S00013. Whoever was there for a shorter time gets a line: S00014 2,5"),
    )  # fmt: skip
    reached = forms.IntegerField(
        label=_("How many people from outside"), min_value=0, max_value=1_000_000, required=False, help_text=_("Empty: nobody counted.")
    )
    outputs = TextFormField(
        label=_("What came out"),
        rows=2,
        max_length=1000,
        required=False,
        help_text=_("Such as: 2 km of the bank cleaned, 40 trees planted."),
    )
    carries = NamedField(label=_("It carries out the measure"), queryset=None, required=False, empty_label=_("not said"))
    summary = TextFormField(label=_("Tell more"), rows=3, max_length=3000, required=False)
    unit = NamedField(label=_("Unit"), queryset=Organisation.objects.none(), required=False, empty_label=_("not said"))
    open_to_public = forms.BooleanField(label=_("Open to the public"), required=False)
    engagement = forms.ChoiceField(label=_("Kind"), required=False, help_text=_("Leave it open: two questions find it afterwards."))
    groups = forms.MultipleChoiceField(label=_("Whom it is for"), required=False, widget=forms.CheckboxSelectMultiple)
    planned_together = forms.BooleanField(label=_("They took part in planning it"), required=False)
    staff_days = forms.DecimalField(
        label=_("Days of staff for preparing and holding it"), min_value=0, max_digits=6, decimal_places=2, required=False, localize=True
    )
    learner_days = forms.DecimalField(
        label=_("People who learned, times days"), min_value=0, max_digits=9, decimal_places=2, required=False, localize=True
    )
    paid = forms.BooleanField(label=_("Somebody paid for it"), required=False)
    entered_for = forms.CharField(
        label=_("I write it down for somebody else"), max_length=60, required=False, help_text=_("That person's number; it counts when he or she has confirmed it.")
    )  # fmt: skip

    def __init__(
        self, *args: Any, owner: Any, units: Any, measures: Any, lately: list[Any], day: dt.date, changing: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner
        self.fields["unit"].queryset = units
        self.fields["carries"].queryset = measures
        self.fields["carries"].label_from_instance = lambda obj: f"{obj.number} {plain(obj.title)}".strip()  # type: ignore[attr-defined]
        self.fields["engagement"].choices = [("", gettext("not said")), *((code, kind_word(code)) for code in kinds())]
        self.fields["groups"].choices = [(code, plain(words)) for code, words in groups_on(day)]
        self.fields["host"].widget.attrs["list"] = "hosts"
        self.lately = [plain(o.name) for o in lately]
        if changing:
            for name in ("lines", "carries", "entered_for"):
                del self.fields[name]

    def clean_entered_for(self) -> Person | None:
        key = self.cleaned_data["entered_for"].strip()
        if not key:
            return None
        found = Person.objects.filter(home=self.owner, key=key).first()
        if found is None:
            raise forms.ValidationError(gettext("Nobody has this number in the list of people."))
        return found

    def times(self) -> tuple[dt.datetime, dt.datetime]:
        zone = timezone.get_current_timezone()
        day = self.cleaned_data["day"]
        return (
            dt.datetime.combine(day, self.cleaned_data["from_time"], zone),
            dt.datetime.combine(day, self.cleaned_data["to_time"], zone),
        )

    def usual_hours(self) -> Decimal:
        """The length of the activity, to quarters of an hour."""
        starts, ends = self.times()
        return (Decimal(int((ends - starts).total_seconds())) / 900).quantize(Decimal(1)) / 4

    def details(self) -> Details:
        given = self.cleaned_data
        return Details(
            given["engagement"], given["reached"], tuple(given["groups"]), given["planned_together"], given["staff_days"], given["learner_days"], given["paid"], given["outputs"]
        )  # fmt: skip


class ClaimForm(forms.Form):
    """People by their numbers in the university's list, one in a line, with hours."""

    lines = forms.CharField(
        label=_("Who took part"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One person in a line: number in the list of people, then hours. For example: S00012 4 or S00012 3,5"),
    )


class AmendForm(ClaimForm):
    """Who is missing on a signed sheet, and why."""

    reason = forms.CharField(label=_("Why is it corrected?"), max_length=300)


class RepeatForm(forms.Form):
    every = forms.ChoiceField(
        label=_("How often"), choices=[("week", _("every week")), ("fortnight", _("every second week")), ("month", _("every month"))]
    )
    until = forms.DateField(label=_("Until, this day included"), widget=DayInput())


class OutcomeForm(forms.Form):
    what = TextFormField(label=_("What is different now?"), rows=2, max_length=1000)
    how_seen = TextFormField(label=_("How is that seen?"), rows=2, max_length=1000, help_text=_("A count, a document, somebody's words."))
    evidence_url = forms.URLField(label=_("Address where it is shown"), required=False, assume_scheme="https")
    file = forms.FileField(label=_("File that shows it"), required=False)


_CONSENT = {
    "nobody": _("Nobody can be recognised"), "asked": _("All who can be recognised were asked and agreed"), "paper": _("They agreed on paper"),
    "parents": _("Minors: their parents agreed on paper"),
}  # fmt: skip


class LearnersForm(forms.Form):
    course_days = forms.DecimalField(
        label=_("Days of the course"), min_value=Decimal("0.5"), max_value=Decimal(400), max_digits=5, decimal_places=1
    )
    words = forms.CharField(
        label=_("Who learned"), max_length=400_000, widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_("One on a line, as it comes out of a table: e-mail, telephone or name; year of birth; days attended; the word staff for own staff. A name needs the year of birth; without days the whole course counts."),
    )  # fmt: skip


class PhotoForm(forms.Form):
    file = forms.ImageField(label=_("Picture"))
    words = TextFormField(label=_("What is to be seen?"), max_length=300)
    consent = forms.ChoiceField(label=_("Those on it"), choices=[(c, _CONSENT[c]) for c in Photo.Consent.values], widget=forms.RadioSelect)
