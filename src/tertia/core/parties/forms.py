"""Forms of people and organisations."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tertia.core.languages.forms import TextFormField
from tertia.core.parties.models import Membership, Organisation
from tertia.core.periods.forms import DayInput

__all__ = ["DeputyForm", "DescribeForm", "InviteForm", "OrganisationForm", "PeopleFileForm", "ROLE_WORDS", "UnitForm"]

ROLE_WORDS = {
    "member": _("member"), "editor": _("editor"), "office": _("third-mission office"), "leader": _("leader"), "partner": _("partner"),
    "citizen": _("resident"), "analyst": _("analyst"), "administrator": _("administrator"),
}  # fmt: skip
KIND_WORDS = {
    "university": _("university"), "unit": _("unit"), "ministry": _("ministry"), "akimat": _("akimat"), "association": _("association"),
    "nonprofit": _("non-profit"), "club": _("student club"), "business": _("business"), "school": _("school"), "culture": _("culture"), "media": _("media"),
    "office": _("office"), "class": _("class of bodies"),
}  # fmt: skip


class PeopleFileForm(forms.Form):
    file = forms.FileField(
        label=_("List of people (CSV)"), help_text=_("Columns: key, name, email, standing, unit, role, language. Needed are key and name.")
    )


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"))
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=[(r, ROLE_WORDS[r]) for r in Membership.Role.values])
    language = forms.ChoiceField(label=_("Language of the letter"), choices=[("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")])


class OrganisationForm(forms.Form):
    name = TextFormField(label=_("Name"), max_length=250)
    kind = forms.ChoiceField(label=_("What it is"), choices=[(k, KIND_WORDS[k]) for k in Organisation.Kind.values if k != "class"])
    email = forms.EmailField(label=_("E-mail"), required=False)
    letter_language = forms.ChoiceField(label=_("Language of letters"), choices=[("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")])


class DescribeForm(forms.Form):
    """What an organisation is reached by, and the numbers by which it is known elsewhere."""

    short_name = TextFormField(label=_("Short name"), max_length=80, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    website = forms.URLField(label=_("Site"), required=False, assume_scheme="https")
    letter_language = forms.ChoiceField(label=_("Language of letters"), choices=[("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")])
    bin = forms.CharField(label=_("BIN"), max_length=20, required=False, help_text=_("Twelve figures, checked here by the last one."))
    ror = forms.CharField(
        label=_("ROR"), max_length=60, required=False, help_text=_("Register of research organisations, for example 02mhbdp94.")
    )
    wikidata = forms.CharField(label=_("Wikidata"), max_length=80, required=False, help_text=_("For example Q2537765."))


class UnitForm(forms.Form):
    name = TextFormField(label=_("Name of the unit"), max_length=250)


class DeputyForm(forms.Form):
    deputy = forms.ModelChoiceField(label=_("Who stands in"), queryset=None)
    valid_from = forms.DateField(label=_("From"), widget=DayInput())
    valid_to = forms.DateField(label=_("To, this day included"), widget=DayInput())

    def __init__(self, *args: object, people: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = people
