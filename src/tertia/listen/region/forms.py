"""Forms of statistics."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tertia.core.languages.forms import TextFormField

__all__ = ["BreakForm", "FileForm", "SeriesForm"]


class FileForm(forms.Form):
    """A file, and what the file does not say itself."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("XLSX, ODS, CSV, SDMX-CSV, or a Frictionless package as a zip: regions as rows, years as columns or as a column."),
    )
    part = forms.CharField(
        label=_("Which column or indicator?"), required=False, max_length=200, help_text=_("As it is called in the file; needed only where the file has several.")
    )  # fmt: skip
    sheet = forms.IntegerField(label=_("Sheet of the workbook"), required=False, min_value=1, max_value=200, initial=1)
    year = forms.IntegerField(label=_("Year, if the file states none"), required=False, min_value=1800, max_value=2200)
    note = forms.CharField(label=_("What changed?"), required=False, max_length=500)


class SeriesForm(FileForm):
    title = TextFormField(label=_("What is counted?"), max_length=200)
    summary = TextFormField(label=_("Definition, as the source gives it"), rows=3, max_length=2000, required=False)
    unit_words = TextFormField(label=pgettext_lazy("of a figure", "Unit"), max_length=60)
    adds = forms.BooleanField(
        label=_("The regions are parts of the country's figure (people, enterprises; no rates, no means)"), required=False
    )
    source = forms.CharField(label=_("Source: author, title, year"), max_length=300)
    source_url = forms.URLField(label=_("Address of the source"), required=False, assume_scheme="https")
    licence = forms.CharField(label=_("Licence of the source"), max_length=100)

    field_order = ("title", "unit_words", "summary", "adds", "file", "part", "sheet", "year", "source", "source_url", "licence")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        del self.fields["note"]


class BreakForm(forms.Form):
    year = forms.IntegerField(label=_("From which year on?"), min_value=1800, max_value=2200)
    words = TextFormField(label=_("What is counted otherwise since then?"), max_length=400)
