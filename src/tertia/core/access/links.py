"""The address behind a pass, in the language of its holder."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

__all__ = ["pass_url"]


def pass_url(held: Any) -> str:
    with translation.override(held.language):
        return settings.BASE_URL + reverse("pass", kwargs={"token": held.token})
