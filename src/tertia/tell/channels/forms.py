"""Forms of channels."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tertia.core.periods.forms import DayInput
from tertia.tell.channels.models import Subscriber

__all__ = ["FollowForm", "HookForm", "NewsletterForm", "ReplayForm", "SettingsForm"]


class NewsletterForm(forms.Form):
    email = forms.EmailField(label=_("Your e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    every = forms.ChoiceField(label=_("How often?"), choices=Subscriber.Every.choices, initial="week", widget=forms.RadioSelect)


class SettingsForm(forms.Form):
    fediverse = forms.BooleanField(
        label=_("Followable from Mastodon and others (ActivityPub)"), required=False, help_text=_("From then on every story goes to whoever follows the university there.")
    )  # fmt: skip
    telegram = forms.CharField(
        label=_("Channel in Telegram"), required=False, max_length=100, help_text=_("As @name. The bot of this installation has to be an administrator of the channel.")
    )  # fmt: skip
    telegram_language = forms.ChoiceField(label=_("Language in Telegram"), choices=settings.LANGUAGES)


class HookForm(forms.Form):
    url = forms.URLField(label=_("Address of the other system"), max_length=500, assume_scheme="https")
    words = forms.CharField(label=_("What is it?"), max_length=200, required=False)


class ReplayForm(forms.Form):
    since = forms.DateField(label=_("Since"), widget=DayInput())


class FollowForm(forms.Form):
    who = forms.CharField(
        label=_("Whom?"),
        max_length=500,
        help_text=_("As @name@server, or the address of the account."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
