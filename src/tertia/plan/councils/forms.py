"""Forms of councils."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tertia.core.languages.forms import NamedField, TextFormField
from tertia.core.languages.templatetags.languages import plain
from tertia.core.parties.models import Organisation, Person
from tertia.core.periods.forms import DayInput, TimeInput
from tertia.plan.councils.models import Council, Motion
from tertia.plan.councils.vocabulary import DUTIES, FORMS, ITEM_KINDS, SECTORS, council_types, type_word

__all__ = [
    "AnswerForm",
    "CouncilForm",
    "DecisionForm",
    "GuestForm",
    "HolderForm",
    "ItemForm",
    "MeetingForm",
    "MotionForm",
    "OrderForm",
    "SeatForm",
    "SuggestionForm",
]

_TONGUES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
_SHARES = [("", _("no rule")), ("1/2", _("half")), ("2/3", _("two thirds")), ("3/4", _("three quarters")), ("1", _("all"))]


class CouncilForm(forms.Form):
    title = TextFormField(label=_("Name of the council"), max_length=250)
    form = forms.ChoiceField(label=_("What it is"))
    above = NamedField(label=_("Stands under"), queryset=Council.objects.none(), required=False, empty_label=_("nothing"))
    group = forms.CharField(
        label=_("Group of programmes"), max_length=200, required=False, help_text=_("For an association: its code and name.")
    )
    unit = NamedField(label=_("Unit that keeps it"), queryset=Organisation.objects.none(), required=False, empty_label=_("not said"))
    summary = TextFormField(label=_("What it is for"), rows=2, max_length=1000, required=False)
    on = forms.DateField(label=_("Set up on"), widget=DayInput())
    public = forms.BooleanField(label=_("Everybody sees who sits on it"), required=False, initial=True)

    def __init__(self, *args: Any, councils: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [(code, type_word(code)) for code in council_types()]
        self.fields["above"].queryset = councils
        self.fields["above"].label_from_instance = lambda council: plain(council.title)  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units


class OrderForm(forms.Form):
    valid_from = forms.DateField(label=_("In force from"), widget=DayInput())
    source = forms.CharField(label=_("Where it stands"), max_length=300, help_text=_("The charter, or a decision with its day."))
    quorum = forms.ChoiceField(label=_("Quorum: of the filled seats with a vote"), choices=_SHARES, required=False)
    quorum_strict = forms.BooleanField(label=_("more than that share (else at least it)"), required=False)
    majority = forms.ChoiceField(label=_("A decision needs more than"), choices=_SHARES[1:])
    majority_of = forms.ChoiceField(
        label=_("of"),
        choices=[("cast", _("the votes for and against")), ("present", _("those who are there")), ("all", _("all filled seats"))],
    )
    casting_vote = forms.BooleanField(label=_("At a tie the vote of the chair decides"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, words in SECTORS.items():
            self.fields[f"fewest_{code}"] = forms.IntegerField(
                label=words, min_value=0, max_value=99, required=False, help_text=_("Seats at least; empty: no rule.")
            )

    @property
    def composition(self) -> dict[str, list[int]]:
        """Side → [fewest, no upper bound], of those for which a number was written."""
        return {code: [n, 0] for code in SECTORS if (n := self.cleaned_data.get(f"fewest_{code}"))}


class SeatForm(forms.Form):
    title = TextFormField(label=_("What the seat is"), max_length=200, help_text=_("Such as: employer of the programme."))
    sector = forms.ChoiceField(label=_("On whose side"), choices=list(SECTORS.items()))
    duty = forms.ChoiceField(label=_("Duty"), choices=list(DUTIES.items()), initial="member")
    votes = forms.BooleanField(label=_("It votes"), required=False, initial=True)


class HolderForm(forms.Form):
    name = forms.CharField(label=_("Who"), max_length=200)
    organisation = NamedField(
        label=_("For which organisation"), queryset=Organisation.objects.none(), required=False, empty_label=_("the university itself")
    )
    person = NamedField(
        label=_("Account in the university"), queryset=Person.objects.none(), required=False, empty_label=_("none; takes part by link")
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    language = forms.ChoiceField(label=_("Language of letters"), choices=_TONGUES, initial="ru")
    starts_on = forms.DateField(label=_("First day"), widget=DayInput())
    ends_on = forms.DateField(label=_("Last day"), widget=DayInput(), required=False)
    deputy_name = forms.CharField(label=_("Standing deputy"), max_length=200, required=False)
    deputy_email = forms.EmailField(label=_("E-mail of the deputy"), required=False)

    def __init__(self, *args: Any, organisations: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset, self.fields["person"].queryset = organisations, people


class MeetingForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=DayInput())
    from_time = forms.TimeField(label=_("From"), widget=TimeInput())
    to_time = forms.TimeField(label=_("To"), widget=TimeInput())
    where = forms.CharField(label=_("Room"), max_length=200, required=False)
    online = forms.URLField(label=_("Address for taking part from afar"), required=False, assume_scheme="https")
    anyway = forms.BooleanField(label=_("Although another meeting has the room"), required=False)

    @property
    def times(self) -> dict[str, Any]:
        """Start and end, aware."""
        given, zone = self.cleaned_data, timezone.get_current_timezone()
        starts, ends = (dt.datetime.combine(given["day"], given[k], zone) for k in ("from_time", "to_time"))
        return {"starts_at": starts, "ends_at": ends, **{k: given[k] for k in ("where", "online", "anyway")}}


class ItemForm(forms.Form):
    title = TextFormField(label=_("What about"), max_length=250)
    kind = forms.ChoiceField(label=_("Kind"), choices=[(k, ITEM_KINDS[k]) for k in ("report", "decision", "other")])
    words = TextFormField(label=_("Draft of the decision"), rows=3, max_length=3000, required=False)
    speaker = forms.CharField(label=_("Who reports"), max_length=200, required=False)
    minutes = forms.IntegerField(label=_("Minutes planned"), min_value=1, max_value=480, initial=15)


class GuestForm(forms.Form):
    name = forms.CharField(label=_("Who"), max_length=200)
    sector = forms.ChoiceField(label=_("On whose side"), choices=list(SECTORS.items()))
    organisation = NamedField(
        label=_("For which organisation"), queryset=Organisation.objects.none(), required=False, empty_label=_("none")
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    language = forms.ChoiceField(label=_("Language of letters"), choices=_TONGUES, initial="ru")

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Will you come?"), choices=[("accepted", _("I come")), ("deputy", _("Somebody comes in my place")), ("declined", _("I cannot come"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.CharField(label=_("Why not"), max_length=500, required=False)
    deputy_name = forms.CharField(label=_("Who comes in your place"), max_length=200, required=False)
    deputy_email = forms.EmailField(label=_("E-mail of whoever comes"), required=False, help_text=_("The own link goes there."))


class MotionForm(forms.Form):
    text = TextFormField(label=_("What is put to the vote"), rows=2, max_length=2000)
    form = forms.ChoiceField(label=_("How"), choices=list(FORMS.items()))


class DecisionForm(forms.Form):
    text = TextFormField(label=_("What was decided"), rows=2, max_length=3000)
    motion = forms.ModelChoiceField(
        label=_("By which vote"), queryset=Motion.objects.none(), required=False, empty_label=_("without a vote")
    )
    responsible = NamedField(
        label=_("Who does it"), queryset=Person.objects.none(), required=False, empty_label=_("nobody of the university")
    )
    body = NamedField(label=_("or which body"), queryset=Organisation.objects.none(), required=False, empty_label=_("none"))
    due_on = forms.DateField(label=_("By when"), widget=DayInput(), required=False)
    proof = TextFormField(label=_("By what one sees that it is done"), max_length=500, required=False)
    at_once = forms.BooleanField(label=_("Nothing is left to do"), required=False)
    public = forms.BooleanField(label=_("Everybody may read it"), required=False)

    def __init__(self, *args: Any, people: Any, organisations: Any, motions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset, self.fields["body"].queryset = people, organisations
        self.fields["motion"].queryset = motions
        self.fields["motion"].label_from_instance = lambda motion: plain(motion.text)  # type: ignore[attr-defined]


class SuggestionForm(forms.Form):
    council = NamedField(label=_("To which council"), queryset=Council.objects.none(), empty_label=_("choose"))
    title = TextFormField(label=_("What shall be dealt with?"), max_length=250)
    words = TextFormField(label=_("Why, and what should be decided"), rows=4, max_length=3000)
    organisation = NamedField(label=_("In whose name"), queryset=Organisation.objects.none(), required=False, empty_label=_("my own"))
    sector = forms.ChoiceField(label=_("On whose side you stand"), choices=list(SECTORS.items()), initial="other")

    def __init__(self, *args: Any, councils: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["council"].queryset = councils
        self.fields["council"].label_from_instance = lambda council: plain(council.title)  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = organisations
