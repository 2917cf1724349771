"""A form field for a text in up to three languages: the reader's language open, the others folded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.forms.utils import flatatt
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tertia.core.languages.amounts import AmountUnclear, read_amount
from tertia.core.languages.templatetags.languages import plain
from tertia.core.languages.text import LANGUAGES, Text

__all__ = ["AmountField", "LongSelect", "NamedField", "TextFormField", "TextWidget", "text_of"]


class TextWidget(forms.Widget):
    """Three controls named NAME_kk, NAME_ru, NAME_en; the one of the page's language comes first."""

    template_name = "languages/text_widget.html"
    is_group = True

    def __init__(self, attrs: Any = None, *, rows: int = 1, max_length: int | None = None) -> None:
        super().__init__(attrs)
        self.rows, self.max_length = rows, max_length

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        text = value if isinstance(value, Text) else Text({})
        first = (get_language() or "en")[:2]
        order = [first, *(lang for lang in LANGUAGES if lang != first)]
        words = {"kk": _("in Kazakh"), "ru": _("in Russian"), "en": _("in English")}
        base = context["widget"]["attrs"].get("id", f"id_{name}")
        context["rows"] = self.rows
        context["max_length"] = self.max_length
        context["languages"] = [
            {
                "code": code,
                "label": words[code],
                "name": f"{name}_{code}",
                "id": base if code == first else f"{base}_{code}",
                "value": text.versions.get(code, ("", ""))[0],
                "open": code == first,
            }
            for code in order
        ]
        context["others_written"] = any(row["value"] and not row["open"] for row in context["languages"])
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Text:
        given = {lang: data.get(f"{name}_{lang}", "").strip() for lang in LANGUAGES}
        first = (get_language() or "en")[:2]
        original = first if given.get(first) else next((lang for lang in LANGUAGES if given[lang]), first)
        return Text.of(original, **{lang: words for lang, words in given.items() if words})

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return all(f"{name}_{lang}" not in data for lang in LANGUAGES)

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return id_


def text_of(post: Any, name: str) -> Text:
    """What was written into a plain field, as a text in the language of the page."""
    language = (get_language() or "en")[:2]
    return Text.of(language, **{language: post.get(name, "")})


class TextFormField(forms.Field):
    """Cleans to a `Text`. Required means: at least one language."""

    widget = TextWidget
    default_error_messages = {"required": gettext_lazy("Write it in at least one language.")}

    def __init__(self, *, rows: int = 1, max_length: int | None = 300, **kwargs: Any) -> None:
        super().__init__(widget=TextWidget(rows=rows, max_length=max_length), **kwargs)
        self.max_length = max_length

    def to_python(self, value: Any) -> Text:
        return value if isinstance(value, Text) else Text({})

    def validate(self, value: Text) -> None:
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        for words, _state in value.versions.values():
            if self.max_length and len(words) > self.max_length:
                raise forms.ValidationError(
                    _("At most %(n)d letters; there are %(have)d.") % {"n": self.max_length, "have": len(words)}, code="too-long"
                )


class AmountField(forms.CharField):
    """Money as people write it: `1 200 000`, `1,200,000.50`. Cleans to a Decimal, or None where it may stay empty."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        if not words:
            return None
        try:
            return read_amount(words)
        except AmountUnclear as error:
            if error.code == "two-ways":
                raise forms.ValidationError(
                    _("This may be two different sums. Write it without a sign between the figures."), code="two-ways"
                ) from error
            raise forms.ValidationError(_("Write the sum in figures, for example 1 200 000 or 1 200 000,50."), code="number") from error


class LongSelect(forms.Select):
    """A choice written at once: Django renders every option by a template of its own, which for thousands takes most of a second."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        chosen = {str(v) for v in (value if isinstance(value, list | tuple) else [value]) if v not in (None, "")}
        marks = {True: " selected", False: ""}
        options = mark_safe(
            "".join(f'<option value="{escape(pk)}"{marks[str(pk) in chosen]}>{escape(words)}</option>' for pk, words in self.choices)
        )
        return format_html("<select{}>{}</select>", flatatt({**self.build_attrs(self.attrs, attrs), "name": name}), options)


class _Names(ModelChoiceIterator):
    """Numbers and names alone: thousands of organisations need not be made for a list of choices."""

    def __iter__(self) -> Any:
        if "label_from_instance" in vars(self.field):
            yield from super().__iter__()
            return
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for pk, name in self.queryset.values_list("pk", "name"):
            yield pk, _said(name)


def _said(name: Any) -> str:
    return plain(name) if isinstance(name, Text) else str(name)


class NamedField(forms.ModelChoiceField):
    """A choice of organisations, units or people by their names in the reader's language."""

    widget = LongSelect
    iterator = _Names

    def label_from_instance(self, obj: Any) -> str:
        return _said(obj.name)
