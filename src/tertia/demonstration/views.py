"""Sign-in as any kind of person with one click, and the removal of the demonstration: in a demonstration only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.core.languages.text import Text
from tertia.core.parties.models import Account
from tertia.demonstration.actions import remove_demonstration
from tertia.demonstration.cast import ROLES
from tertia.demonstration.models import Load

__all__ = ["demonstration", "remove"]


def _only_here() -> Load:
    load = Load.objects.select_related("university").first() if settings.TERTIA_DEMONSTRATION else None
    if load is None:
        raise Http404
    return load


def demonstration(request: Any) -> HttpResponse:
    load = _only_here()
    if request.method == "POST":
        account = Account.objects.filter(email=f"{request.POST.get('as')}@demonstration.invalid").first()
        if account is None:
            raise Http404
        login(request, account, backend="allauth.account.auth_backends.AuthenticationBackend")
        return redirect("today")
    language = (get_language() or "en")[:2]
    rows = [{"key": key, "duty": Text.of("en", **duty).read(language).text} for key, _role, _slug, duty in ROLES]
    return render(request, "demonstration/demonstration.html", {"rows": rows, "load": load})


def remove(request: Any) -> HttpResponse:
    load = _only_here()
    if request.method == "POST" and request.POST.get("sure") == "yes":
        count = remove_demonstration(by=request.actor, university=load.university)
        messages.success(request, _("The demonstration is removed: %(n)d records.") % {"n": count})
        return redirect("home")
    return redirect("demonstration")
