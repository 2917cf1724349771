"""Addresses as letters need them: whole, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

__all__ = ["mine_url", "opportunity_url"]


def mine_url(language: str) -> str:
    with translation.override(language):
        return settings.BASE_URL + reverse("my_shifts")


def opportunity_url(opportunity: Any, language: str) -> str:
    with translation.override(language):
        return settings.BASE_URL + reverse("opportunity", kwargs={"slug": opportunity.slug})
