"""Forms of sign-in servers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tertia.core.languages.forms import NamedField
from tertia.core.parties.forms import ROLE_WORDS
from tertia.core.parties.models import Membership, Organisation
from tertia.core.signin.models import IdentityProvider

__all__ = ["ChangeForm", "OidcForm", "OrcidForm", "RuleForm", "SamlForm"]

ORCID_SERVERS = [("https://orcid.org", "orcid.org"), ("https://sandbox.orcid.org", "sandbox.orcid.org")]


class OidcForm(forms.Form):
    title = forms.CharField(label=_("Name on the button"), max_length=100, help_text=_("As people know it: “Account of the university”."))
    issuer = forms.URLField(label=_("Address of the server (issuer)"), max_length=500, assume_scheme="https")
    client_id = forms.CharField(label=_("Client id"), max_length=300)
    secret = forms.CharField(label=_("Client secret"), max_length=500, widget=forms.PasswordInput(attrs={"autocomplete": "off"}))


class OrcidForm(OidcForm):
    title = forms.CharField(label=_("Name on the button"), max_length=100, initial="ORCID")
    issuer = forms.ChoiceField(label=_("Register"), choices=ORCID_SERVERS)  # type: ignore[assignment]


class SamlForm(forms.Form):
    title = forms.CharField(label=_("Name on the button"), max_length=100)
    description = forms.CharField(
        label=_("Description of the server (metadata, XML)"),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        max_length=500_000,
    )


class ChangeForm(forms.Form):
    title = forms.CharField(label=_("Name on the button"), max_length=100)
    secret = forms.CharField(
        label=_("New client secret"), max_length=500, required=False, widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Empty leaves the old one."),
    )  # fmt: skip
    description = forms.CharField(
        label=_("New description (metadata, XML)"), widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}), max_length=500_000, required=False,
        help_text=_("Empty leaves the old one."),
    )  # fmt: skip
    mail_domains = forms.CharField(
        label=_("Mail domains of the university"), max_length=500, required=False,
        help_text=_("With commas between. Only addresses of these domains are believed."),
    )  # fmt: skip
    creates = forms.BooleanField(label=_("Write down who is new at the first sign-in"), required=False)
    number = forms.CharField(
        label=_("Under which name it sends the person’s number"),
        max_length=200,
        required=False,
        help_text=_("Empty takes the usual names."),
    )
    groups = forms.CharField(
        label=_("Under which name it sends groups"), max_length=200, required=False, help_text=_("Empty takes the usual names.")
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        saml = kind == IdentityProvider.Kind.SAML
        for name in ("secret",) if saml else ("description",):
            del self.fields[name]
        if kind == IdentityProvider.Kind.ORCID:
            for name in ("mail_domains", "creates", "number", "groups"):
                del self.fields[name]


class RuleForm(forms.Form):
    group = forms.CharField(label=_("Group there"), max_length=200)
    role = forms.ChoiceField(label=_("Role here"))
    standing = forms.ChoiceField(label=_("Here as"))
    unit = NamedField(label=_("Unit"), queryset=Organisation.objects.none(), required=False)

    def __init__(self, *args: Any, owner: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(r, ROLE_WORDS[r]) for r in Membership.Role.values if r != Membership.Role.CITIZEN]  # type: ignore[attr-defined]
        self.fields["standing"].choices = [("student", _("a student")), ("staff", _("a member of staff")), ("other", _("somebody else"))]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Organisation.objects.filter(parent=owner)  # type: ignore[attr-defined]
