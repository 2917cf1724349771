"""The demonstration's visible mailbox: what would have been sent, to whom."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render

from tertia.core.actions.pages import Pages
from tertia.core.messages.models import Message

__all__ = ["mailbox"]


def mailbox(request: Any) -> HttpResponse:
    """Only in a demonstration, and only letters of the demonstration."""
    if not settings.TERTIA_DEMONSTRATION:
        raise Http404
    page = Pages(Message.objects.filter(demonstration=True), 20).get_page(request.GET.get("page"))
    return render(request, "messages/mailbox.html", {"page": page, "rows": page.object_list})
