"""The design system as template tags: signs, silence, notes of language, pictures. Seen in all states on `/design/`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tertia.core.languages.templatetags.languages import current
from tertia.core.languages.text import MACHINE, MISSING, STALE, Text
from tertia.core.parties.forms import ROLE_WORDS
from tertia.core.periods import clock
from tertia.core.records.event_words import event_words
from tertia.core.records.models import OwedAnswer

register = template.Library()

_SIGNS = {
    "done": '<circle cx="7" cy="7" r="6" class="f-accent"/>',
    "underway": '<circle cx="7" cy="7" r="5.2" class="f-none s-accent" stroke-width="1.6"/><path d="M7 1.8a5.2 5.2 0 0 0 0 10.4z" class="f-accent"/>',
    "open": '<circle cx="7" cy="7" r="5.2" class="f-none s-accent" stroke-width="1.6"/>',
    "silent": '<circle cx="7" cy="7" r="5.2" class="f-none s-signal" stroke-width="1.6" stroke-dasharray="2.4 1.7"/>',
    "declined": '<path d="M1.8 1.8h10.4v10.4H1.8zM2 12L12 2" class="f-none s-ink" stroke-width="1.4"/>',
    "none": '<path d="M2 7h10" class="s-edge" stroke-width="1.6"/>',
}
_ARROWS = {
    "right": "M2 7h10M8 3l4 4-4 4", "left": "M12 7H2M6 3L2 7l4 4", "up": "M7 12V2M3 6l4-4 4 4", "down": "M7 2v10M3 8l4 4 4-4",
    "tick": "M2 7.5l3.5 3.5L12 3.5", "cross": "M3 3l8 8M11 3l-8 8",
}  # fmt: skip
#: answer state → (sign, words)
_OWED = {
    OwedAnswer.State.ACCEPTED: "underway", OwedAnswer.State.PARTLY: "underway", OwedAnswer.State.DONE: "done",
    OwedAnswer.State.DECLINED: "declined", OwedAnswer.State.NOT_SENT: "none",
}  # fmt: skip
LONGEST_LINE = 200


@register.simple_tag
def sign(name: str) -> SafeString:
    """One of six drawn signs; the words beside it speak."""
    return mark_safe(
        f'<svg class="sign" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">{_SIGNS.get(name, _SIGNS["open"])}</svg>'
    )


@register.simple_tag
def arrow(name: str = "right") -> SafeString:
    return mark_safe(
        f'<svg class="sign" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true"><path d="{_ARROWS[name]}" class="f-none s-ink" stroke-width="1.6"/></svg>'
    )


@register.simple_tag
def state(record: Any) -> SafeString:
    """A record's state: its sign and its words."""
    return format_html('<span class="state">{}<span>{}</span></span>', sign(record.sign), record.state_words)


def silence_words(days: int) -> str:
    return ngettext("no answer for %(n)d day", "no answer for %(n)d days", days) % {"n": days}


@register.simple_tag
def silence(days: int, scale: float = 1.0) -> SafeString:
    """The line that grows by the day, its ring and its words. `scale` is pixels a day; the line ends at 200."""
    length = max(4, min(LONGEST_LINE, round(days * float(scale))))
    return format_html(
        '<span class="silence"><svg width="{}" height="6" aria-hidden="true"><path d="M0 3h{}" class="l-gap"/></svg>{}{}</span>',
        length, length, sign("silent"), silence_words(days),
    )  # fmt: skip


def answer_words(owed: OwedAnswer, today: dt.date) -> str:
    """What an addressee has done, in words."""
    if owed.state == OwedAnswer.State.NOT_SENT:
        return _("date of sending not stated, no answer on record here")
    if owed.is_open:
        silent = owed.silent_days(today)
        if silent is not None:
            return silence_words(silent)
        left = owed.days_left(today)
        received = _("received") if owed.state == OwedAnswer.State.RECEIVED else _("sent")
        return received + ", " + ngettext("%(n)d day left", "%(n)d days left", left or 0) % {"n": left or 0}
    return {
        OwedAnswer.State.ACCEPTED: _("accepted"), OwedAnswer.State.PARTLY: _("partly accepted"),
        OwedAnswer.State.DECLINED: _("declined, with a reason"), OwedAnswer.State.DONE: _("done"),
    }[OwedAnswer.State(owed.state)]  # fmt: skip


@register.simple_tag
def owed_state(owed: OwedAnswer, scale: float = 0.6) -> SafeString:
    """The state of an owed answer: sign and words, or the line of silence."""
    today = clock.today()
    silent = owed.silent_days(today)
    if silent is not None:
        return silence(silent, scale)
    return format_html(
        '<span class="state">{}<span>{}</span></span>', sign(_OWED.get(OwedAnswer.State(owed.state), "open")), answer_words(owed, today)
    )


@register.simple_tag
def answered_in(owed: OwedAnswer) -> str:
    days = owed.answer_days
    return "" if days is None else ngettext("after %(n)d day", "after %(n)d days", days) % {"n": days}


@register.simple_tag
def proportion(part: int, whole: int, width: int = 100) -> SafeString:
    """Answered solid, missing as a dashed outline; the text beside it says both numbers."""
    filled = round(width * part / whole) if whole else 0
    return format_html(
        '<svg class="bar" width="{0}" height="8" aria-hidden="true"><rect x="0.75" y="0.75" width="{1}" height="6.5" class="f-none s-signal" stroke-dasharray="3 2"/><rect width="{2}" height="8" class="f-accent"/></svg>',
        width, width - 1.5, filled,
    )  # fmt: skip


@register.simple_tag
def demo_tag() -> SafeString:
    return format_html('<span class="tag">{}</span>', _("Demonstration data"))


@register.inclusion_tag("components/language_note.html")
def language_note(text: Text | None, record: Any = None) -> dict[str, Any]:
    """Says when a text stands in another language, is older than its original, or is a machine's."""
    if not text:
        return {"state": ""}
    reading = text.read(current())
    state = reading.state if reading.state in (MACHINE, STALE) else MISSING if reading.is_fallback else ""
    return {"state": state, "reading": reading, "record": record}


@register.inclusion_tag("components/field.html")
def field(bound: Any) -> dict[str, Any]:
    """A form field: label, help above, control, error below; the value is kept."""
    described = " ".join(
        i for i in ((f"{bound.auto_id}-help" if bound.help_text else ""), (f"{bound.auto_id}-error" if bound.errors else "")) if i
    )
    attributes = {"aria-describedby": described} if described else {}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    kind = getattr(bound.field.widget, "input_type", "")
    return {
        "field": bound,
        "control": bound.as_widget(attrs=attributes),
        "kind": kind,
        "group": kind == "radio"
        or bound.field.widget.__class__.__name__ == "CheckboxSelectMultiple"
        or getattr(bound.field.widget, "is_group", False),
    }


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """The summary of errors at the top of a form; it takes the focus."""
    return {"form": form}


@register.filter
def get(mapping: Any, key: Any) -> Any:
    return mapping.get(key) if mapping else None


@register.filter
def minus(value: int, other: int) -> int:
    return value - other


@register.filter
def at(rows: Any, place: int) -> Any:
    """The thing at a place of a list, empty beyond its end."""
    return rows[place] if 0 <= place < len(rows) else ""


@register.filter
def times(value: float | None, by: float) -> float | None:
    return None if value is None else value * by


@register.filter
def language_word(code: str) -> str:
    """The language as it stands in "only in … so far"."""
    return {"kk": pgettext("only in", "Kazakh"), "ru": pgettext("only in", "Russian"), "en": pgettext("only in", "English")}.get(code, code)


@register.filter
def add_px(value: float, more: float) -> str:
    """Lengths of a picture added, with a decimal point in every language."""
    return f"{float(value) + float(more):.1f}"


@register.filter
def px(value: float | None, times: float = 1) -> str:
    """A length of a picture, with a decimal point in every language."""
    return f"{float(value or 0) * float(times):.1f}"


@register.simple_tag
def stage_word(stage: str) -> str:
    return str(dict(settings.STAGES)[stage])


@register.simple_tag
def languages_of(text: Text) -> str:
    """In which languages a text exists, as words."""
    words = {"kk": _("Kazakh"), "ru": _("Russian"), "en": _("English")}
    return ", ".join(words[code] for code in ("kk", "ru", "en") if code in text.versions)


@register.simple_tag(takes_context=True)
def page_query(context: Any, number: int) -> str:
    """The address's own filters with another page."""
    query = context["request"].GET.copy()
    query["page"] = number
    return str(query.urlencode())


@register.simple_tag
def role_word(role: str) -> str:
    return str(ROLE_WORDS.get(role, role))


@register.simple_tag
def matrix_cell(row: Any, addressee: Any) -> SafeString:
    """One cell of "who has answered what": a sign with its words, or how many of a class have answered."""
    party = next((p for p in row.rows if p.addressee.pk == addressee.pk), None)
    if party is None:
        return format_html('{}<span class="away">{}</span>', sign("none"), _("not asked"))
    if party.is_many:
        return format_html("{} {}/{}", proportion(party.answered, len(party.owed), 48), party.answered, len(party.owed))
    if party.one is None:
        return format_html('{}<span class="away">{}</span>', sign("none"), _("date of sending not stated, no answer on record here"))
    silent = party.one.silent_days(clock.today()) is not None
    drawn = "silent" if silent else _OWED.get(OwedAnswer.State(party.one.state), "open")
    return format_html('{}<span class="away">{}</span>', sign(drawn), answer_words(party.one, clock.today()))


@register.filter
def told(action: str) -> str:
    """An event's action in words."""
    return str(event_words(action))
