"""The thread of a record, its languages, and the public board of silence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tertia.core.actions.errors import NotAllowed
from tertia.core.actions.pages import Pages
from tertia.core.actions.policies import WORKERS
from tertia.core.languages.text import LANGUAGES
from tertia.core.periods import clock
from tertia.core.records.actions import write_version
from tertia.core.records.models import Record
from tertia.core.records.pages import record_context
from tertia.core.records.queries import record_for, silent, subtype

__all__ = ["languages", "silence", "thread"]


def thread(request: Any, pk: int) -> HttpResponse:
    record = record_for(request.actor, Record, pk=pk)
    return render(request, "records/thread.html", record_context(request, record))


def languages(request: Any, pk: int) -> HttpResponse:
    record = record_for(request.actor, Record, pk=pk)
    if not request.actor.has(record.owner_id, *WORKERS):
        raise NotAllowed("records.write_version")
    if request.method == "POST":
        field, language = request.POST.get("field"), request.POST.get("language")
        if field in ("title", "summary") and language in LANGUAGES:
            write_version(by=request.actor, record=subtype(record), field=field, language=language, text=request.POST.get("text", ""))
            messages.success(request, _("The version is saved."))
        return redirect("record_languages", pk=pk)
    return render(request, "records/languages.html", {"record": record, "rows": list(_version_rows(record))})


def _version_rows(record: Record) -> Any:
    words = {"kk": _("in Kazakh"), "ru": _("in Russian"), "en": _("in English")}
    states = {
        "written": _("written"),
        "machine": _("translation, not checked"),
        "stale": _("older than the original"),
        "missing": _("missing"),
    }
    for field, label in (("title", _("Title")), ("summary", _("Summary"))):
        text = getattr(record, field)
        for language in LANGUAGES:
            yield {
                "field": field,
                "label": label,
                "language": language,
                "language_word": words[language],
                "text": text.versions.get(language, ("", ""))[0],
                "state_word": states[text.state(language)],
            }


def silence(request: Any) -> HttpResponse:
    page = Pages(silent(request.actor, clock.today()), 50).get_page(request.GET.get("page"))
    return render(
        request, "records/silence.html", {"rows": page.object_list, "page": page, "total": page.paginator.count, "stage": "listen"}
    )
