"""Writing the report of a year: its chapters, how it would be now, and the edition itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tertia.core.actions.forms import carried_out
from tertia.core.actions.policies import OFFICE
from tertia.core.files.papers import FORMS, paper
from tertia.core.languages.text import LANGUAGES, Text
from tertia.core.parties.models import Organisation
from tertia.core.parties.queries import home_of
from tertia.core.periods import clock
from tertia.core.periods.years import Period
from tertia.core.periods.years import period as period_of
from tertia.tell.reports.actions import draft_edition, write_chapter, write_edition
from tertia.tell.reports.chapters import CHAPTERS
from tertia.tell.reports.forms import ChapterForm
from tertia.tell.reports.models import ChapterText, Edition
from tertia.tell.reports.print import edition_blocks
from tertia.tell.reports.words import report_words
from tertia.tell.stories.markup import as_words

__all__ = ["report_chapter", "report_new", "report_preview", "report_write"]

#: as the switch of languages says them, in each language alike
NAMES = {"kk": "Қаз", "ru": "Рус", "en": "Eng"}


def _year(request: Any, label: str) -> tuple[Organisation, Period]:
    """Whose report this actor writes, and of which year; 404 for others."""
    owner = home_of(request.actor, *OFFICE)
    if owner is None:
        raise Http404
    try:
        return owner, period_of(label)
    except ValueError as error:
        raise Http404 from error


@login_required
def report_new(request: Any) -> HttpResponse:
    """Begin a year's report, or write its edition from what is on record today."""
    owner = home_of(request.actor, *OFFICE)
    if owner is None or request.method != "POST":
        raise Http404
    try:
        year = period_of(request.POST.get("period", "").strip())
    except ValueError:
        messages.error(request, _("Write the year as 2025-26 for an academic year."))
        return redirect("reports")
    if request.POST.get("do") == "begin":
        return redirect("report_write", period=year.label)
    made = write_edition(by=request.actor, owner=owner, period=year, on=clock.today(), demonstration=owner.demonstration)
    return redirect("report", slug=made.slug)


@login_required
def report_write(request: Any, period: str) -> HttpResponse:
    """Every chapter with the state of its languages, and the way to an edition."""
    owner, year = _year(request, period)
    texts = {row.chapter: row.words for row in ChapterText.objects.filter(owner=owner, period=year.label)}
    language = (get_language() or "en")[:2]
    chapters = []
    for key, chapter in CHAPTERS.items():
        words = texts.get(key, Text({}))
        chapters.append(
            {
                "key": key, "label": chapter.label, "hint": chapter.hint, "excerpt": _cut(as_words(words.read(language).text)),
                "versions": [(NAMES[lang], words.state(lang)) for lang in LANGUAGES],
            }
        )  # fmt: skip
    editions = Edition.objects.visible_to(request.actor).filter(owner=owner, period=year.label).order_by("-edition")
    return render(request, "reports/write.html", {"period": year.label, "chapters": chapters, "editions": editions, "stage": "tell"})


def _cut(words: str, most: int = 160) -> str:
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"


@login_required
def report_chapter(request: Any, period: str, chapter: str) -> HttpResponse:
    owner, year = _year(request, period)
    if chapter not in CHAPTERS:
        raise Http404
    row = ChapterText.objects.filter(owner=owner, period=year.label, chapter=chapter).first()
    form = ChapterForm(request.POST or None, initial={"words": row.words if row else Text({})})

    def act() -> None:
        write_chapter(by=request.actor, owner=owner, period=year, chapter=chapter, words=form.cleaned_data["words"], on=clock.today())

    if request.method == "POST" and carried_out(request, form, act):
        return redirect("report_write", period=year.label)
    return render(request, "reports/chapter.html", {"period": year.label, "chapter": CHAPTERS[chapter], "form": form, "stage": "tell"})


@login_required
def report_preview(request: Any, period: str) -> HttpResponse:
    """How an edition would be, written now, as a page or a paper; nothing is kept."""
    owner, year = _year(request, period)
    draft = draft_edition(owner, year, clock.today())
    words, form = report_words(draft), request.GET.get("form", "")
    if form in FORMS:
        language = (get_language() or "en")[:2]
        return paper(
            edition_blocks(words, ""), title=words.title, language=language, form=form, name=f"draft-{owner.slug}-{year.label}", running=_("Draft")
        )  # fmt: skip
    return render(request, "reports/preview.html", {"period": year.label, "words": words, "stage": "tell"})
