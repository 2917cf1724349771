"""Forms of volunteering."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from tertia.act.volunteering.actions.plans import Plan, Times
from tertia.act.volunteering.words import ACCESS, INCIDENTS, LANGUAGES_WANTED, RISKS, SKILLS
from tertia.core.languages.forms import NamedField, TextFormField
from tertia.core.parties.models import Organisation
from tertia.core.periods.forms import DayInput, TimeInput
from tertia.core.places.models import Place

__all__ = ["CheckForm", "CopyForm", "IncidentForm", "OpportunityForm", "ProfileForm", "ShiftForm", "TextForm"]


def _ticks(label: Any, words: dict[str, Any], help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=list(words.items()), required=False, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )


class TextForm(forms.Form):
    """What is done, where, and what it asks of people."""

    title = TextFormField(label=_("What is done?"), max_length=200)
    summary = TextFormField(label=_("What will the volunteer do, and for whom?"), rows=3, max_length=3000, required=False)
    where = forms.CharField(label=_("Where do people meet?"), max_length=200, required=False)
    place = NamedField(label=_("Region"), queryset=Place.objects.none(), required=False, empty_label=_("not said"))
    point = forms.CharField(
        label=_("Point on the map"),
        max_length=60,
        required=False,
        help_text=_("Latitude and longitude, for example 51.1282, 71.4306. Students see what is near them."),
    )
    languages = _ticks(_("Languages needed"), LANGUAGES_WANTED)
    skills = _ticks(_("Useful to know"), SKILLS)
    access = _ticks(_("What the place offers"), ACCESS)
    risks = _ticks(_("What is to be known of the work"), RISKS, _("Some of this is forbidden to people under 18 by law; they are told so."))
    min_age = forms.IntegerField(label=_("From which age?"), min_value=6, max_value=99, required=False)
    contact = forms.CharField(
        label=_("Who can be reached during the shift?"),
        max_length=200,
        required=False,
        help_text=_("Name and telephone; only those who have a place see it."),
    )

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]

    def clean_point(self) -> tuple[float, float] | None:
        words = self.cleaned_data["point"].strip()
        if not words:
            return None
        try:
            latitude, longitude = (float(w) for w in words.replace(";", ",").split(","))
        except ValueError:
            raise forms.ValidationError(_("Write two numbers with a comma between them, for example 51.1282, 71.4306.")) from None
        if abs(latitude) > 90 or abs(longitude) > 180:
            raise forms.ValidationError(_("There is no such point. First the latitude, then the longitude."))
        return latitude, longitude

    def plan(self) -> Plan:
        given = self.cleaned_data
        latitude, longitude = given["point"] or (None, None)
        return Plan(
            where=given["where"], place=given["place"], latitude=latitude, longitude=longitude, min_age=given["min_age"], contact=given["contact"],
            **{k: tuple(given[k]) for k in ("skills", "languages", "access", "risks")},
        )  # fmt: skip


class ShiftForm(forms.Form):
    """One shift, or the same one every so many days."""

    day = forms.DateField(label=_("Day"), widget=DayInput())
    from_time = forms.TimeField(label=_("From"), widget=TimeInput())
    to_time = forms.TimeField(label=_("To"), widget=TimeInput(), help_text=_("An earlier hour is of the next day."))
    places = forms.IntegerField(label=_("How many people?"), min_value=1, max_value=10_000, initial=10)
    repeat = forms.TypedChoiceField(
        label=_("Again"),
        coerce=int,
        required=False,
        empty_value=0,
        choices=[(0, _("once only")), (1, _("every day")), (7, _("every week")), (14, _("every two weeks"))],
    )
    until = forms.DateField(label=_("Until"), widget=DayInput(), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("repeat") and not given.get("until"):
            self.add_error("until", _("Until which day is it repeated?"))
        if given.get("until") and given.get("day") and given["until"] < given["day"]:
            self.add_error("until", _("The last day lies before the first."))
        return given

    def shifts(self, zone: ZoneInfo) -> list[Times]:
        given = self.cleaned_data
        step, last = given["repeat"] or 1, given["until"] if given["repeat"] else given["day"]
        days = [given["day"] + dt.timedelta(days=n) for n in range(0, (last - given["day"]).days + 1, step)][:1000]
        return [self._times(day, zone) for day in days]

    def _times(self, day: dt.date, zone: ZoneInfo) -> Times:
        given = self.cleaned_data
        ends = day if given["to_time"] > given["from_time"] else day + dt.timedelta(days=1)
        return Times(
            dt.datetime.combine(day, given["from_time"], zone).astimezone(dt.UTC), dt.datetime.combine(ends, given["to_time"], zone).astimezone(dt.UTC),
            given["places"],
        )  # fmt: skip


class OpportunityForm(TextForm, ShiftForm):
    host = NamedField(label=_("Who needs the help?"), queryset=Organisation.objects.none(), help_text=_("The host signs the hours."))
    unit = NamedField(label=_("Unit"), queryset=Organisation.objects.none(), required=False, empty_label=_("not said"))
    student_led = forms.BooleanField(label=_("Students lead it"), required=False)
    field_order = ["title", "summary", "host", "day", "from_time", "to_time", "places", "repeat", "until", "where", "place", "point"]

    def __init__(self, *args: Any, hosts: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset, self.fields["unit"].queryset = hosts, units  # type: ignore[attr-defined]


class CopyForm(forms.Form):
    first_day = forms.DateField(label=_("First day of the new plan"), widget=DayInput())
    invite = forms.BooleanField(label=_("Write to those who helped then"), required=False, help_text=_("Nobody is signed up by it."))


class ProfileForm(forms.Form):
    languages = _ticks(_("Which languages do you speak?"), LANGUAGES_WANTED)
    skills = _ticks(_("What can you do?"), SKILLS)


class IncidentForm(forms.Form):
    """What happened, by a volunteer, a beneficiary or a host."""

    kind = forms.ChoiceField(label=_("What was it?"), choices=list(INCIDENTS.items()), widget=forms.RadioSelect)
    happened_on = forms.DateField(label=_("When?"), widget=DayInput())
    words = forms.CharField(label=_("What happened?"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 6}))
    open_to_office = forms.BooleanField(
        label=_("The whole office may read it"),
        required=False,
        help_text=_("Without this tick only the keeper named on this page reads it."),
    )
    answer_to = forms.CharField(
        label=_("Where may we answer you?"),
        max_length=200,
        required=False,
        help_text=_("E-mail or telephone. Leave it empty and nobody knows who you are."),
    )


class CheckForm(forms.Form):
    host = forms.IntegerField(widget=forms.HiddenInput)
    checked_on = forms.DateField(label=_("Checked on"), widget=DayInput())
    valid_to = forms.DateField(label=_("Good until"), widget=DayInput())
    note = forms.CharField(label=_("What was looked at"), max_length=300, required=False)
