"""Forms of mentions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tertia.core.languages.forms import NamedField
from tertia.core.parties.models import Organisation
from tertia.core.periods.forms import DayInput
from tertia.core.places.models import Place
from tertia.tell.mentions.models import Mention, Outlet

__all__ = ["JudgeForm", "MentionForm", "OutletForm", "TieForm"]

SPOKEN = [
    ("", _("not said")),
    ("kk", _("in Kazakh")),
    ("ru", _("in Russian")),
    ("en", _("in English")),
    ("other", _("in another language")),
]


class MentionForm(forms.Form):
    outlet = forms.ModelChoiceField(label=_("Outlet"), queryset=Outlet.objects.none(), required=False)
    new_outlet = forms.CharField(label=_("Or a new outlet"), max_length=200, required=False)
    title = forms.CharField(label=_("Headline"), max_length=300, help_text=_("As it stands there, in its own language."))
    address = forms.URLField(label=_("Address on the web"), max_length=1000, required=False, assume_scheme="https")
    on = forms.DateField(label=_("Came out on"), widget=DayInput())
    words = forms.CharField(
        label=_("What it says"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("A sentence or two; not the whole text, which is the outlet's.")
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"), choices=SPOKEN, required=False)
    tone = forms.ChoiceField(label=_("Tone"), choices=[("", _("not said")), *Mention.Tone.choices], required=False)
    origin = forms.ChoiceField(
        label=_("Where does the text come from?"), choices=[("", _("not said")), *Mention.Origin.choices], required=False
    )
    reach = forms.IntegerField(
        label=_("Reach of this piece"), min_value=0, required=False, help_text=_("People. Empty: that of the outlet.")
    )
    reach_source = forms.CharField(label=_("Who counted it?"), max_length=200, required=False)

    def __init__(self, *args: Any, outlets: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outlet"].queryset = outlets  # type: ignore[attr-defined]

    def clean(self) -> Any:
        given = super().clean() or {}
        if not given.get("outlet") and not given.get("new_outlet", "").strip():
            self.add_error("outlet", _("Choose the outlet, or name a new one."))
        return given


class JudgeForm(forms.Form):
    tone = forms.ChoiceField(label=_("Tone"), choices=[("", _("not said")), *Mention.Tone.choices], required=False)
    origin = forms.ChoiceField(
        label=_("Where does the text come from?"), choices=[("", _("not said")), *Mention.Origin.choices], required=False
    )


class TieForm(forms.Form):
    record = forms.CharField(
        label=_("Another record"), max_length=500, help_text=_("Paste the address of its page here, or its number."), widget=forms.TextInput(attrs={"autocomplete": "off"})
    )  # fmt: skip


class OutletForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Outlet.Kind.choices)
    website = forms.URLField(label=_("Address on the web"), max_length=500, required=False, assume_scheme="https")
    language = forms.ChoiceField(label=_("Language"), choices=SPOKEN, required=False)
    place = NamedField(label=_("Where it is read"), queryset=Place.objects.none(), required=False)
    organisation = NamedField(label=_("Organisation behind it"), queryset=Organisation.objects.none(), required=False)
    reach = forms.IntegerField(
        label=_("Reach"), min_value=0, required=False, help_text=_("People in a month. It is shown with its source and added to nothing.")
    )
    reach_source = forms.CharField(label=_("Who counted it, and when?"), max_length=200, required=False)
    feed = forms.URLField(
        label=_("Address of its feed"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Atom, RSS or JSON Feed; it is read every half hour."),
    )
    words = forms.CharField(
        label=_("More words to look for"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on a line, such as the rector's surname. The university's names are looked for anyway, with their endings."),
    )  # fmt: skip
    everything = forms.BooleanField(
        label=_("Take every piece of this feed"), required=False, help_text=_("For feeds that are about the university alone.")
    )

    def __init__(self, *args: Any, places: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = bodies  # type: ignore[attr-defined]

    def clean_language(self) -> str:
        said: str = self.cleaned_data["language"]
        return "" if said == "other" else said
