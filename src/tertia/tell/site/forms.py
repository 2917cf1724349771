"""Forms of the site."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tertia.core.languages.forms import TextFormField

__all__ = ["AddressesForm", "RenameForm", "SiteForm"]


class SiteForm(forms.Form):
    about = TextFormField(label=_("Who the university is to its region"), rows=4, max_length=1500, required=False)
    press_name = forms.CharField(label=_("Whom journalists ask"), max_length=200, required=False)
    press_email = forms.EmailField(label=_("E-mail"), required=False)
    press_phone = forms.CharField(label=_("Telephone"), max_length=60, required=False)
    host_name = forms.CharField(
        label=_("Its own name on the web"), max_length=200, required=False, help_text=_("Such as third.university.kz; the server has to be reached under it (TERTIA_HOSTS).")
    )  # fmt: skip


class AddressesForm(forms.Form):
    addresses = forms.CharField(
        label=_("Old addresses"), max_length=200_000, widget=forms.Textarea(attrs={"rows": 6}), help_text=_("One on a line: the old address, a space, the new one on this site.")
    )  # fmt: skip


class RenameForm(forms.Form):
    record = forms.CharField(label=_("The address of a record"), max_length=500, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    slug = forms.CharField(label=_("The last word of its address"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"}))
