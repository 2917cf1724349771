"""Days and times in forms, as the browser's own pickers want them: ISO 8601, whatever the language of the page.

Django writes an initial day in the page's language (`01.10.2026` in Russian); `<input type="date">` then stays empty, and whoever keeps the form
loses the day.
"""

from __future__ import annotations

from typing import Any

from django import forms

__all__ = ["DayInput", "TimeInput"]


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, format="%H:%M")
