"""Papers: sent in by authors, read by reviewers who do not know them, decided by the office; the proceedings."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Avg, Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tertia.core.access.queries import id_of, scoped_or_404
from tertia.core.actions.errors import TertiaError
from tertia.core.actions.forms import add_refusal
from tertia.core.actions.policies import OFFICE
from tertia.core.files.download import attachment
from tertia.core.languages.forms import text_of
from tertia.core.languages.templatetags.languages import current, plain
from tertia.core.parties.models import Membership, Person
from tertia.core.periods import clock
from tertia.core.records.models import visible
from tertia.core.records.queries import record_for
from tertia.core.signin.people import orcid_of
from tertia.plan.conferences.actions import (
    ask_review,
    call_for_papers,
    change_paper,
    decide_paper,
    give_dois,
    refuse_review,
    review_paper,
    send_paper,
    withdraw_paper,
)
from tertia.plan.conferences.actions.papers import By
from tertia.plan.conferences.forms import CallForm, PaperForm
from tertia.plan.conferences.models import Conference, Paper, PaperReview
from tertia.plan.conferences.proceedings import Author, Event, Printed, bibtex, crossref_deposit

__all__ = ["paper", "papers", "proceedings", "proceedings_file"]

MARKS = {
    2: gettext_lazy("accept"), 1: gettext_lazy("rather accept"), 0: gettext_lazy("undecided"), -1: gettext_lazy("rather decline"), -2: gettext_lazy("decline"),
}  # fmt: skip
STATES = {
    "sent": gettext_lazy("being reviewed"), "accepted": gettext_lazy("accepted"), "declined": gettext_lazy("not accepted"), "withdrawn": gettext_lazy("withdrawn"),
}  # fmt: skip


def papers(request: Any, slug: str) -> HttpResponse:
    """The call; what I sent, what I review; for the office all of them with their marks."""
    record = record_for(request.actor, Conference, slug=slug)
    keeps, me, today = request.actor.has(record.owner_id, *OFFICE), request.actor.person_id, clock.today()
    open_now = record.papers_until is not None and today <= record.papers_until
    doing = request.POST.get("do", "")
    # the author with the iD that is proved his, so that proceedings carry it
    orcid = orcid_of(request.actor.person)
    mine = {"authors": f"{request.actor.person.name}; ; {orcid}"} if orcid else None
    form = PaperForm(request.POST if doing == "send" else None, initial=mine, sections=record.sessions.filter(kind="section"))
    call_form = CallForm(
        request.POST if doing == "call" else None, initial={"until": record.papers_until, "words": record.papers_words}, auto_id="call_%s"
    )
    if request.method == "POST" and me:
        shown: Any = call_form if doing == "call" else form
        try:
            if doing == "send" and form.is_valid():
                said = dict(form.cleaned_data)
                made = send_paper(by=request.actor, conference=record, on=today, authors=[By(*row) for row in said.pop("authors")], **said)
                messages.success(request, _("Your paper is sent in. Reviewers do not see who wrote it."))
                return redirect("paper", pk=made.pk)
            if doing == "call" and call_form.is_valid():
                call_for_papers(by=request.actor, conference=record, **call_form.cleaned_data)
                return redirect("papers", slug=slug)
        except TertiaError as error:
            add_refusal(shown, error)
    rows: Any = Paper.objects.filter(conference=record)
    marked = rows.annotate(
        asked=Count("reviews", filter=Q(reviews__refused_on=None)), done=Count("reviews__done_on"), middle=Avg("reviews__mark")
    )
    context = {
        "record": record, "keeps": keeps, "open": open_now, "form": form, "call_form": call_form, "doing": doing, "states": STATES, "stage": "plan",
        "mine": list(rows.filter(sender=me)) if me else [], "all": list(marked.exclude(state="withdrawn").prefetch_related("authors")) if keeps else [],
        "reviews": list(PaperReview.objects.filter(reviewer=me, paper__conference=record, refused_on=None).select_related("paper")) if me else [],
        "printed": rows.filter(state="accepted").count(), "today": today,
    }  # fmt: skip
    return render(request, "conferences/papers.html", context)


@login_required
def paper(request: Any, pk: int) -> HttpResponse:
    """One paper, as its sender, its reviewer, or the office sees it; nobody else does."""
    me, today = request.actor.person_id, clock.today()
    found = scoped_or_404(
        Paper.objects.select_related("conference__owner", "section", "talk").filter(visible(request.actor, "conference")), pk=pk
    )
    keeps = request.actor.has(found.conference.owner_id, *OFFICE) and found.sender_id != me
    mine = found.sender_id is not None and found.sender_id == me
    review = found.reviews.filter(reviewer=me, refused_on=None).first() if me else None
    if not (keeps or mine or review):
        raise Http404
    knows = keeps and review is None  # whoever reviews it is not told who wrote it, of the office or not
    doing = request.POST.get("do", "")
    authors = list(found.authors.all())
    lines = "\n".join("; ".join(filter(None, (a.name, a.affiliation, a.orcid))) for a in authors)
    form = PaperForm(
        request.POST if doing == "change" else None, sections=found.conference.sessions.filter(kind="section"),
        initial={"title": found.title, "abstract": found.abstract, "section": found.section_id, "authors": lines},
    )  # fmt: skip
    fault = ""
    if request.method == "POST":
        try:
            if _act(request, found, doing, form, review):
                return redirect("papers", slug=found.conference.slug) if doing == "refuse" else redirect("paper", pk=pk)
        except TertiaError as error:
            fault = "" if doing == "change" else error.sentence()
            if doing == "change":
                add_refusal(form, error)
    reviews = list(found.reviews.select_related("reviewer"))
    decided = found.state in ("accepted", "declined")
    until = found.conference.papers_until
    context = {
        "paper": found, "conference": found.conference, "mine": mine, "keeps": knows, "review": review, "authors": authors if mine or knows else [], "marks": MARKS, "stage": "plan",
        "reviews": reviews if knows else [r for r in reviews if r.done_on] if mine and decided else [], "fault": fault, "form": form, "doing": doing, "decided": decided,
        "state": STATES[found.state], "may_change": mine and found.state == "sent" and not reviews and until is not None and today <= until,
        "reviewers": _reviewers(found) if knows and found.state == "sent" else [], "sections": list(found.conference.sessions.filter(kind="section")) if knows else [],
        "given": request.POST if fault else {},
    }  # fmt: skip
    return render(request, "conferences/paper.html", context, status=400 if fault else 200)


def _reviewers(found: Paper) -> list[Person]:
    """Staff of the owner who were not asked yet and did not send it."""
    staff = (
        Membership.objects.in_force(clock.today())
        .filter(organisation=found.conference.owner_id)
        .filter(Q(standing="staff") | Q(role__in=OFFICE))
    )
    return list(
        Person.objects.filter(pk__in=staff.values("person"))
        .exclude(pk=found.sender_id)
        .exclude(paper_reviews__paper=found)
        .order_by("name", "pk")[:500]
    )


def _act(request: Any, found: Paper, doing: str, form: PaperForm, review: PaperReview | None) -> bool:
    by, given, today = request.actor, request.POST, clock.today()
    if doing == "change" and form.is_valid():
        said = dict(form.cleaned_data)
        change_paper(by=by, paper=found, on=today, authors=[By(*row) for row in said.pop("authors")], **said)
    elif doing == "withdraw":
        withdraw_paper(by=by, paper=found)
    elif doing == "ask":
        person = scoped_or_404(Person.objects.filter(pk__in=[p.pk for p in _reviewers(found)]), pk=id_of(given.get("reviewer")))
        ask_review(by=by, paper=found, reviewer=person, on=today)
    elif doing == "refuse" and review is not None:
        refuse_review(by=by, review=review, on=today)
    elif doing == "review" and review is not None:
        mark = given.get("mark", "")
        review_paper(
            by=by,
            review=review,
            mark=int(mark) if mark in map(str, MARKS) else 9,
            words=given.get("words", ""),
            note=given.get("note", ""),
            on=today,
        )
        messages.success(request, _("Your review is kept. You may change it until it is decided."))
    elif doing in ("accept", "decline"):
        section = found.conference.sessions.filter(kind="section", pk=id_of(given.get("section"))).first()
        decide_paper(by=by, paper=found, accept=doing == "accept", words=text_of(given, "words"), on=today, section=section)
    else:
        return False
    return True


def _printed(request: Any, record: Conference) -> tuple[Event, list[tuple[Paper, Printed]]]:
    language = current()
    assert record.starts_on is not None
    event = Event(
        plain(record.title), plain(record.venue), record.starts_on, record.ends_on or record.starts_on, plain(record.owner.name),
        record.owner.email or settings.DEFAULT_FROM_EMAIL, record.slug,
    )  # fmt: skip
    address = request.build_absolute_uri(reverse("proceedings", kwargs={"slug": record.slug}))
    rows = Paper.objects.filter(conference=record, state="accepted").select_related("section").prefetch_related("authors")
    return event, [
        (
            p,
            Printed(
                p.number, p.title.read(language).text, tuple(Author(a.name, a.affiliation, a.orcid) for a in p.authors.all()), p.doi, f"{address}#paper-{p.number}",
                p.title.read(language).language,
            ),
        )
        for p in rows
    ]  # fmt: skip


def proceedings(request: Any, slug: str) -> HttpResponse:
    """Accepted papers with their authors, for everybody who may see the conference."""
    record = record_for(request.actor, Conference, slug=slug)
    keeps = request.actor.has(record.owner_id, "office", "leader")
    if request.method == "POST" and keeps:
        try:
            give_dois(by=request.actor, conference=record, prefix=request.POST.get("prefix", ""))
        except TertiaError as error:
            messages.error(request, error.sentence())
        return redirect("proceedings", slug=slug)
    _event, rows = _printed(request, record)
    context = {"record": record, "rows": rows, "keeps": keeps, "with_doi": sum(bool(p.doi) for p, _row in rows), "stage": "plan"}
    return render(request, "conferences/proceedings.html", context)


def proceedings_file(request: Any, slug: str, form: str) -> HttpResponse:
    """`bib`: BibTeX of all accepted papers; `xml`: the deposit of those that have a DOI, in Crossref's form."""
    record = record_for(request.actor, Conference, slug=slug)
    event, rows = _printed(request, record)
    printed = [row for _paper, row in rows]
    if form == "bib" and printed:
        return attachment(bibtex(event, printed), "application/x-bibtex; charset=utf-8", f"{record.slug}.bib")
    if form == "xml" and any(p.doi for p in printed):
        body = crossref_deposit(event, printed, batch=f"{record.slug}-{clock.today():%Y%m%d}", now=clock.now())
        return attachment(body, "application/xml", f"{record.slug}-crossref.xml")
    raise Http404
