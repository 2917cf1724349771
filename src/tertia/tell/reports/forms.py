"""Forms of the report."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tertia.core.languages.forms import TextFormField

__all__ = ["ChapterForm", "SampleForm"]


class ChapterForm(forms.Form):
    words = TextFormField(
        label=_("Text"), rows=14, max_length=20_000, required=False, help_text=_("An empty line begins a paragraph; ## a heading, - a list. Figures are not typed: they stand below with their records.")
    )  # fmt: skip


class SampleForm(forms.Form):
    """How many figures, how many records of each, and the auditor's own word, from which the draw follows."""

    figures = forms.IntegerField(label=_("Figures"), min_value=1, max_value=20, initial=5)
    rows = forms.IntegerField(label=_("Records of each"), min_value=1, max_value=20, initial=5)
    seed = forms.CharField(
        label=_("A word or number of the auditor’s own"), max_length=60, initial="1", help_text=_("The same word draws the same sample, so that anybody can draw it again."), widget=forms.TextInput(attrs={"autocomplete": "off"})
    )  # fmt: skip
