"""Forms of partnerships."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tertia.act.partnerships.actions.registering import MAY_REGISTER
from tertia.act.partnerships.models import Agreement
from tertia.act.partnerships.vocabulary import AGAIN, MET, RENEWAL, agreement_types, type_word
from tertia.core.languages.forms import NamedField, TextFormField
from tertia.core.parties.forms import KIND_WORDS
from tertia.core.parties.models import Organisation
from tertia.core.periods.forms import DayInput

__all__ = ["AgreementForm", "AssessForm", "ContactForm", "ProposeForm", "RegisterForm", "SignForm"]

_TONGUES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]


class AgreementForm(forms.Form):
    """An agreement between the university and one partner; more sides are added by more lines of the same names."""

    title = TextFormField(label=_("What is agreed?"), help_text=_("One sentence, such as: students help in the museum."), max_length=250)
    partner = NamedField(label=_("With whom"), queryset=Organisation.objects.none(), empty_label=_("choose"))
    third = NamedField(label=_("And with"), queryset=Organisation.objects.none(), required=False, empty_label=_("nobody else"))
    form = forms.ChoiceField(label=_("Kind of agreement"))
    starts_on = forms.DateField(label=_("First day"), widget=DayInput())
    ends_on = forms.DateField(label=_("Last day"), widget=DayInput(), required=False, help_text=_("Empty: until one side gives notice."))
    our_gives = TextFormField(label=_("What we give"), rows=3, max_length=3000)
    partner_gives = TextFormField(label=_("What the partner gives"), rows=3, max_length=3000, required=False)
    third_gives = TextFormField(label=_("What the third side gives"), rows=2, max_length=3000, required=False)
    our_gets = TextFormField(label=_("What we get"), rows=2, max_length=3000, required=False)
    partner_gets = TextFormField(label=_("What the partner gets"), rows=2, max_length=3000, required=False)
    terms = TextFormField(
        label=_("What else is agreed"), rows=6, max_length=20000, required=False, help_text=_("The whole text as it is to be signed.")
    )
    renewal = forms.ChoiceField(label=_("At its end it"), choices=[(r, RENEWAL[r]) for r in Agreement.Renewal.values], initial="agreed")
    renewal_months = forms.IntegerField(label=_("For how many months it goes on"), min_value=1, max_value=120, initial=12)
    notice_days = forms.IntegerField(label=_("Days of notice"), min_value=0, max_value=365, initial=30)
    signatory = forms.CharField(label=_("Who signs for the partner"), max_length=200, required=False)
    duty = forms.CharField(label=_("In which duty"), max_length=200, required=False)
    basis = forms.CharField(
        label=_("On what ground"), max_length=200, required=False, help_text=_("Charter, or power of attorney with its day.")
    )
    email = forms.EmailField(
        label=_("Where the link to sign goes"), required=False, help_text=_("Empty: to the address of the organisation.")
    )
    unit = NamedField(label=_("Unit that answers for it"), queryset=Organisation.objects.none(), required=False, empty_label=_("not said"))

    def __init__(self, *args: Any, partners: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = self.fields["third"].queryset = partners
        names = list(self.fields["partner"].choices)[1:]  # type: ignore[attr-defined]
        for name in ("partner", "third"):  # read once for both
            field = self.fields[name]
            field.choices = [("", field.empty_label), *names]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units
        self.fields["form"].choices = [(code, type_word(code)) for code in agreement_types()]


class SignForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=200)
    duty = forms.CharField(label=_("Your duty"), max_length=200)


class ProposeForm(forms.Form):
    title = TextFormField(label=_("What shall be done together?"), max_length=250)
    gives = TextFormField(label=_("What you would give"), rows=3, max_length=3000)
    gets = TextFormField(label=_("What you hope for from the university"), rows=3, max_length=3000, required=False)
    months = forms.IntegerField(label=_("For how many months"), min_value=1, max_value=120, initial=12)


class AssessForm(forms.Form):
    met = forms.ChoiceField(label=_("Did it meet your need?"), choices=list(MET.items()), widget=forms.RadioSelect)
    again = forms.ChoiceField(label=_("Would you do it again?"), choices=list(AGAIN.items()), widget=forms.RadioSelect, required=False)
    good = TextFormField(label=_("What was good"), rows=2, max_length=1000, required=False)
    change = TextFormField(label=_("What should change"), rows=2, max_length=1000, required=False)


class RegisterForm(forms.Form):
    name = TextFormField(label=_("Name of your organisation"), max_length=250)
    kind = forms.ChoiceField(label=_("What it is"), choices=[(k, KIND_WORDS[k]) for k in MAY_REGISTER])
    bin = forms.CharField(
        label=_("BIN"), max_length=20, required=False, help_text=_("Twelve figures; by it we see whether you are here already.")
    )
    website = forms.URLField(label=_("Site"), required=False, assume_scheme="https")
    words = TextFormField(label=_("What would you like to do together?"), rows=3, max_length=2000, required=False)
    contact = forms.CharField(label=_("Your name"), max_length=200)
    email = forms.EmailField(label=_("Your e-mail"), help_text=_("The answer and your link go there. It is not shown to anybody else."))
    language = forms.ChoiceField(label=_("Language of letters"), choices=_TONGUES)


class ContactForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    duty = forms.CharField(label=_("Duty"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    purpose = forms.CharField(label=_("What for"), max_length=200, help_text=_("To arrange joint work, for example."))
    consent = forms.CharField(
        label=_("How the person agreed"), max_length=200, help_text=_("By letter, in the agreement, in a talk; with the day.")
    )
