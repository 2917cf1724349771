"""The form of a sum."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tertia.core.languages.forms import AmountField, NamedField
from tertia.core.money.models import Money
from tertia.core.money.words import KIND_WORDS, categories, category_word
from tertia.core.parties.queries import organisations
from tertia.core.periods.forms import DayInput

__all__ = ["MoneyForm", "YearForm"]


class MoneyForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is it?"), choices=[(k, KIND_WORDS[k]) for k in Money.Kind.values], widget=forms.RadioSelect)
    amount = AmountField(label=_("Sum in tenge"), help_text=_("What was given without money is valued: say below how."))
    on = forms.DateField(label=_("Day"), widget=DayInput())
    category = forms.ChoiceField(label=_("What for"))
    source = NamedField(label=_("Who gave it"), queryset=None, required=False, empty_label=_("the university itself"))
    words = forms.CharField(label=_("In a few words"), max_length=300, required=False)
    quantity = forms.DecimalField(label=_("How much of it"), max_digits=12, decimal_places=2, required=False, localize=True)
    unit = forms.CharField(label=_("Counted in"), max_length=40, required=False, help_text=_("hours, pieces, days of a hall"))
    evidence_words = forms.CharField(
        label=_("Paper that shows it"), max_length=200, required=False, help_text=_("Number and day of the contract, act or order.")
    )
    evidence_url = forms.URLField(label=_("Address where it is shown"), required=False, assume_scheme="https")
    file = forms.FileField(label=_("File that shows it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = organisations()
        self.fields["category"].choices = [(code, category_word(code)) for code in categories()]


class YearForm(forms.Form):
    year = forms.IntegerField(label=_("Year"), min_value=1991, max_value=2100)
    spending = AmountField(label=_("All spending of the university, ₸"), required=False)
    income = AmountField(label=_("All income outside state grants, ₸"), required=False)
    academic_fte = forms.DecimalField(
        label=_("Academic staff in full-time equivalents"), max_digits=9, decimal_places=2, required=False, localize=True
    )
    source = forms.CharField(label=_("From which paper"), max_length=200, help_text=_("Report, its number and day."))
