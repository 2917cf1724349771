"""What is asked of questions and studies."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tertia.core.languages.fold import fold
from tertia.listen.research.models import Question, Study, StudyUse, Twin

__all__ = ["found_studies", "open_twins", "questions_for", "studies_for", "untied"]


def questions_for(actor: Any, *, state: str = "", place: str = "") -> QuerySet[Question]:
    rows: Any = Question.objects.visible_to(actor).select_related("body", "place", "owner").annotate(offers=Count("topics", distinct=True))
    if state:
        rows = rows.filter(state=state)
    if place:
        rows = rows.filter(place__code=place)
    return rows.order_by("-asked_on", "-pk")


def studies_for(actor: Any) -> QuerySet[Study]:
    """Studies that the actor may see; what was joined to another and what was withdrawn is left out."""
    rows: Any = Study.objects.visible_to(actor).exclude(state__in=("merged", "withdrawn"))
    return rows


def found_studies(
    actor: Any, *, said: str = "", place: str = "", year: str = "", used: bool = False, about: str = "region", kind: str = ""
) -> QuerySet[Study]:
    """The list of a page and of its files: the latest first. `said`: words of title and summary, folded; every one has to be there."""
    rows = studies_for(actor).select_related("place", "owner").annotate(
        confirmed=Count("uses", filter=Q(uses__state="confirmed"), distinct=True)
    )  # fmt: skip
    if about:
        rows = rows.filter(about=about)
    for word in fold(said).split()[:8]:
        rows = rows.filter(Q(search_entry__title__contains=word) | Q(search_entry__body__contains=word))
    if place:
        rows = rows.filter(place__code=place)
    if year.isdecimal():
        rows = rows.filter(Q(finished_on__year=int(year)) | Q(finished_on=None, starts_on__year__lte=int(year)))
    if used:
        rows = rows.filter(Exists(StudyUse.objects.filter(study=OuterRef("pk"), state="confirmed")))
    if kind:
        rows = rows.filter(work_type=kind)
    return rows.order_by("-finished_on", "-pk")


def untied(owner: Any) -> QuerySet[Study]:
    """Works of lists of which nobody has said whether they are about the region: those that name one first, then the latest."""
    rows: Any = Study.objects.filter(owner=owner, about="unknown").exclude(state__in=("merged", "withdrawn")).select_related("place_found")
    return rows.annotate(named=Count("place_found")).order_by("-named", "-finished_on", "-pk")


def open_twins(owner: Any) -> QuerySet[Twin]:
    return (
        Twin.objects.filter(study__owner=owner, state="open")
        .exclude(study__state="merged")
        .exclude(other__state="merged")
        .select_related("study", "other")
    )
