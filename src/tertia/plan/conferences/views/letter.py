"""The page behind an addressee's link: acknowledge the letter, answer each recommendation, without an account."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tertia.core.access.pages import declare_pass_page
from tertia.core.access.queries import scoped_or_404
from tertia.core.actions.actor import Actor
from tertia.core.actions.errors import BadInput
from tertia.core.languages.templatetags.languages import plain
from tertia.core.periods import clock
from tertia.core.records.models import OwedAnswer
from tertia.plan.conferences.actions import acknowledge_dispatch, answer_follow_up, answer_recommendations
from tertia.plan.conferences.actions.answers import Answer
from tertia.plan.conferences.actions.following import Said
from tertia.plan.conferences.models import Dispatch, Progress
from tertia.plan.conferences.views.following import PROGRESS

__all__ = ["answer_letter"]

CHOICES = [
    (OwedAnswer.State.ACCEPTED, gettext_lazy("Accepted")), (OwedAnswer.State.PARTLY, gettext_lazy("Partly")), (OwedAnswer.State.DONE, gettext_lazy("Done")),
    (OwedAnswer.State.DECLINED, gettext_lazy("Declined")),
]  # fmt: skip


def _words(held: Any) -> str:
    language = (get_language() or "en")[:2]
    return _("The resolution “%(title)s” asks you for an answer. No account is needed:") % {
        "title": held.record.title.read(language).text if held.record else ""
    }


@declare_pass_page("conferences.answer", _words)
def answer_letter(request: Any, held: Any) -> HttpResponse:
    dispatch = scoped_or_404(Dispatch.objects.select_related("addressee__resolution__owner", "body", "link"), pk=held.subject_id)
    resolution = dispatch.addressee.resolution
    rows = list(
        OwedAnswer.objects.filter(record__as_recommendation__resolution=resolution, party=dispatch.body)
        .select_related("record")
        .order_by("record__as_recommendation__position")
    )
    latest = resolution.follow_ups.first()
    asked = (
        list(
            latest.progress.filter(owed__party=dispatch.body)
            .select_related("owed__record")
            .order_by("owed__record__as_recommendation__position")
        )
        if latest
        else []
    )
    by, faults, given = Actor.holding(held), {}, {}
    if request.method == "POST":
        given = {row.record_id: _given(request.POST, row.record_id) for row in rows}
        language = (get_language() or "en")[:2]
        try:
            if request.POST.get("do") == "progress":
                said = [x for row in asked if (x := _progress(request.POST, row.owed.record_id)).state]
                answer_follow_up(by=by, dispatch=dispatch, said=said, on=clock.today(), language=language)
            elif request.POST.get("do") == "acknowledge":
                acknowledge_dispatch(by=by, dispatch=dispatch, on=clock.today())
            else:
                answers = [a for row in rows if (a := given[row.record_id]).state and _is_new(row, a, language)]
                answer_recommendations(by=by, dispatch=dispatch, answers=answers, on=clock.today(), language=language)
            return redirect(f"{request.path}?sent={request.POST.get('do', 'answers')}")
        except BadInput as error:
            faults = {fault.where: fault.sentence for fault in error.faults}
    shown = [{"owed": row, "given": given.get(row.record_id), "fault": faults.get(f"answer-{row.record_id}", "")} for row in rows]
    context = {
        "dispatch": dispatch, "resolution": resolution, "rows": shown, "held": held, "faults": faults, "open": sum(r.is_open for r in rows),
        "latest": latest, "progress": [_shown(row, request, faults) for row in asked], "progress_words": PROGRESS, "still": sum(not p.state for p in asked),
        "sent": request.GET.get("sent", ""), "today": clock.today(), "answer_choices": CHOICES,
    }  # fmt: skip
    return render(request, "conferences/letter.html", context, status=400 if faults else 200)


def _shown(row: Progress, request: Any, faults: dict[str, str]) -> dict[str, Any]:
    """A row of the round with what is on record, or what was just written where it was refused."""
    pk = row.owed.record_id
    kept = _progress(request.POST, pk) if faults else None
    said = kept or Said(pk, row.state, plain(row.words), row.evidence_url)
    return {"row": row, "record": row.owed.record, "said": said, "fault": faults.get(f"progress-{pk}", "")}


def _progress(post: Any, pk: int) -> Said:
    return Said(pk, post.get(f"progress-{pk}", ""), post.get(f"said-{pk}", "").strip()[:3000], _address(post.get(f"proof-{pk}", "")))


def _given(post: Any, pk: int) -> Answer:
    return Answer(pk, post.get(f"state-{pk}", ""), post.get(f"words-{pk}", "").strip()[:3000], _address(post.get(f"evidence-{pk}", "")))


def _address(url: str) -> str:
    url = url.strip()[:200]
    return url if url.startswith(("https://", "http://")) else ""


def _is_new(row: OwedAnswer, answer: Answer, language: str) -> bool:
    """Only what differs from what is on record is an answer; the form sends all rows."""
    before = row.words.versions.get(language, ("", ""))[0] or (str(row.words) if row.words else "")
    return (row.state, before, row.evidence_url) != (answer.state, answer.words, answer.evidence_url)
