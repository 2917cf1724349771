"""Studies: registered, changed, finished, tied to the region, joined where two entries are one work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import OFFICE, WORKERS, roles
from tertia.core.languages.text import Text
from tertia.core.records.actions import join, move, once
from tertia.core.records.models import Link, Record, Visibility
from tertia.core.records.slugs import free_slug
from tertia.listen.research.models import Study, StudyAuthor, StudyPart, StudyUse, Topic, Twin
from tertia.listen.research.references.cleaning import doi_of, orcid_of, ror_of
from tertia.listen.research.references.csl import TYPES
from tertia.listen.research.references.model import Item
from tertia.listen.research.references.names import names_of

__all__ = [
    "About",
    "change_study",
    "drop_part",
    "finish_study",
    "identity_of",
    "keep_apart",
    "merge_works",
    "name_author",
    "note_part",
    "register_study",
    "set_apart",
    "tie_works",
]


@dataclass(frozen=True)
class About:
    """What is said of a study beside its title. `authors`: one a line, `Family, Given; ORCID`; `funding`: one a line, `Name; ROR; number of the grant`."""

    work_type: str = "report"
    authors: str = ""
    doi: str = ""
    funding: str = ""
    container: str = ""
    place: Any = None


def identity_of(owner: Any, doi: str) -> str | None:
    return f"{owner.pk}:{doi}" if doi else None


def _reference(title: Text, about: About, finished_on: dt.date | None) -> Item:
    """CSL-JSON of what was written into the form. Raises BadInput for a line that cannot be read."""
    faults: list[Fault] = []
    people, orcids = [], []
    for line in filter(None, (raw.strip() for raw in about.authors.splitlines())):
        name, _mark, orcid = line.partition(";")
        people += names_of(name.strip())[:1]
        orcids.append(orcid_of(orcid) or None)
        if orcid.strip() and not orcids[-1]:
            faults.append(Fault("authors", _("“%(said)s” is no ORCID; look at its last sign.") % {"said": orcid.strip()}))
    funding = []
    for line in filter(None, (raw.strip() for raw in about.funding.splitlines())):
        name, ror, award = ([p.strip() for p in line.split(";")] + ["", ""])[:3]
        if ror and not ror_of(ror):
            faults.append(Fault("funding", _("“%(said)s” is no ROR; copy it from the register of research organisations.") % {"said": ror}))
        funding.append({k: v for k, v in (("name", name), ("ror", ror_of(ror)), ("awards", [award] if award else [])) if v})
    doi = doi_of(about.doi)
    if about.doi.strip() and not doi:
        faults.append(Fault("doi", _("“%(said)s” is no DOI. It begins with 10. and has a stroke.") % {"said": about.doi.strip()}))
    if about.work_type not in TYPES:
        faults.append(Fault("work_type", _("Choose what it is from the list.")))
    if not title:
        faults.append(Fault("title", _("Write its title.")))
    if faults:
        raise BadInput(*faults)
    item: Item = {"id": doi, "type": about.work_type, "title": title.read(title.original).text, "language": title.original}
    item |= {k: v for k, v in (("author", people), ("DOI", doi), ("container-title", about.container.strip())) if v}
    if finished_on:
        item["issued"] = {"date-parts": [[finished_on.year, finished_on.month, finished_on.day]]}
    custom = {k: v for k, v in (("orcids", orcids if any(orcids) else None), ("funding", funding)) if v}
    return item | ({"custom": custom} if custom else {})


@action("research.register", may=roles(*OFFICE, of="owner.pk"))
def register_study(
    *, by: Any, owner: Any, title: Text, summary: Text, about: About, starts_on: dt.date | None, on: dt.date, finished_on: dt.date | None = None, unit: Any = None,
    studies: Record | None = None, demonstration: bool = False,
) -> Study:  # fmt: skip
    """A study on the city or the region. `summary` is its summary in plain words. Raises BadInput."""
    reference = _reference(title, about, finished_on)
    _check_days(starts_on, finished_on, on)
    doi = reference.get("DOI", "")
    if doi and Study.objects.filter(identity=identity_of(owner, doi)).exists():
        raise BadInput(Fault("doi", _("A work with this DOI is on record already. Look for it in the list and complete it there.")))
    made = Study(
        owner=owner, unit=unit, title=title, summary=summary, reference=reference, doi=doi, identity=identity_of(owner, doi), work_type=about.work_type, place=about.place,
        starts_on=starts_on, ends_on=finished_on, finished_on=finished_on, state="finished" if finished_on else "running", responsible=by.person, author=by.person,
        slug=free_slug(owner, "study", title), visibility=Visibility.PUBLIC, demonstration=demonstration,
    )  # fmt: skip
    _note_summary(made, on)
    made.save()
    if studies is not None:
        join(made, "studies", studies)
    return made


def _check_days(starts_on: dt.date | None, finished_on: dt.date | None, on: dt.date) -> None:
    if finished_on is not None and finished_on > on:
        raise BadInput(Fault("finished_on", _("It cannot be finished on a day that is still to come.")))
    if finished_on is not None and starts_on is not None and finished_on < starts_on:
        raise BadInput(Fault("finished_on", _("The last day is before the first one. Correct one of the two.")))


def _note_summary(study: Study, on: dt.date) -> None:
    """The day from which the plain summary stands in both languages; a summary that was taken back is dated anew when it comes again."""
    there = {"kk", "ru"} <= set(study.summary.versions)
    study.summarised_on = (study.summarised_on or on) if there else None


@action("research.note_part", may=roles(*WORKERS, of="study.owner_id"), about="study")
def note_part(*, by: Any, study: Study, organisation: Any, part: str) -> StudyPart:
    """A body from outside took part in the question, the data or the reading of results. Twice changes nothing."""
    if part not in StudyPart.Part.values:
        raise BadInput(Fault("part", _("Choose in what it took part.")))
    if organisation.pk == study.owner_id or organisation.kind == "unit":
        raise BadInput(Fault("organisation", _("Choose a body from outside the university.")))
    return once(StudyPart, study=study, organisation=organisation, part=part)


@action("research.drop_part", may=roles(*WORKERS, of="part.study.owner_id"))
def drop_part(*, by: Any, part: StudyPart) -> Study:
    """It was noted by mistake."""
    study: Study = part.study
    part.delete()
    return study


@action("research.change", may=roles(*WORKERS, of="study.owner_id"), about="study")
def change_study(*, by: Any, study: Study, title: Text, summary: Text, about: About, starts_on: dt.date | None, on: dt.date) -> Study:
    """What came from a list keeps what the form does not ask for: pages, volume, abstract."""
    study = lock(study)
    require_state(study, "running", "finished")
    fresh = _reference(title, about, None)
    doi = fresh.get("DOI", "")
    if doi and Study.objects.filter(identity=identity_of(study.owner, doi)).exclude(pk=study.pk).exists():
        raise BadInput(Fault("doi", _("A work with this DOI is on record already. Look for it in the list and complete it there.")))
    kept = {k: v for k, v in study.reference.items() if k not in ("author", "DOI", "title", "type", "container-title", "custom", "id")}
    custom = {k: v for k, v in study.reference.get("custom", {}).items() if k not in ("orcids", "funding")} | fresh.get("custom", {})
    study.reference = kept | fresh | ({"custom": custom} if custom else {})
    study.title, study.summary, study.doi, study.identity = title, summary, doi, identity_of(study.owner, doi)
    study.work_type, study.place, study.starts_on = about.work_type, about.place, starts_on
    _note_summary(study, on)
    study.save()
    return study


@action("research.finish", may=roles(*WORKERS, of="study.owner_id"), about="study")
def finish_study(*, by: Any, study: Study, finished_on: dt.date, on: dt.date) -> Study:
    study = lock(study)
    require_state(study, "running")
    _check_days(study.starts_on, finished_on, on)
    study.finished_on = study.ends_on = finished_on
    study.reference = study.reference | {"issued": {"date-parts": [[finished_on.year, finished_on.month, finished_on.day]]}}
    move(study, "finished")
    return study


@action("research.name_author", may=roles(*WORKERS, of="study.owner_id"), about="study")
def name_author(*, by: Any, study: Study, person: Any) -> StudyAuthor:
    """Somebody of the university is among the authors. Twice changes nothing."""
    found: StudyAuthor = once(StudyAuthor, study=study, person=person)
    return found


@action("research.tie", may=roles(*OFFICE, of="owner.pk"), about="owner")
def tie_works(*, by: Any, owner: Any, works: Sequence[int], place: Any, on: dt.date) -> int:
    """Works of a list are about a region: they become public and count. `place` None: each gets the region that was found in it. Returns how many."""
    rows = list(Study.objects.filter(owner=owner, pk__in=works, about__in=("unknown", "other")).select_related("place_found"))
    tied = 0
    for study in rows:
        region = place or study.place_found
        if region is None:
            continue
        study.about, study.place, study.visibility = Study.About.REGION, region, Visibility.PUBLIC
        study.save()
        tied += 1
    return tied


@action("research.set_apart", may=roles(*OFFICE, of="owner.pk"), about="owner")
def set_apart(*, by: Any, owner: Any, works: Sequence[int]) -> int:
    """Works of a list that are not about the region: kept, not counted as regional. Returns how many."""
    return Study.objects.filter(owner=owner, pk__in=works).exclude(about="other").update(about="other")


@action("research.merge", may=roles(*OFFICE, of="study.owner_id"), about="study")
def merge_works(*, by: Any, twin: Twin, study: Study, on: dt.date) -> Study:
    """The other entry of a pair goes into `study`: missing pieces, links, uses, authors. Its address leads to the one that stays."""
    twin = lock(twin)
    require_state(twin, "open")
    if study.pk not in (twin.study_id, twin.other_id):
        raise BadInput(Fault("study", _("Choose one of the two.")))
    stays = lock(study)
    gone = lock(Study.objects.get(pk=twin.other_id if study.pk == twin.study_id else twin.study_id))
    stays.reference = joined(stays.reference, gone.reference)
    stays.sources = [*stays.sources, *({**s, "reason": "person"} for s in gone.sources or [{}])]
    gone_identity, gone.identity = gone.identity, None
    gone.merged_into = stays
    move(gone, "merged")
    if not stays.doi and gone.doi:
        stays.doi, stays.identity = gone.doi, gone_identity
    if not stays.summary and gone.summary:
        stays.summary = gone.summary
        _note_summary(stays, on)
    stays.save()
    _move_parts(gone, stays)
    twin.state = "one"
    twin.save()
    Twin.objects.filter(state="open", study=gone).exclude(pk=twin.pk).update(state="two")
    Twin.objects.filter(state="open", other=gone).exclude(pk=twin.pk).update(state="two")
    return stays


def joined(kept: Item, other: Item) -> Item:
    """What the one entry does not say is taken from the other; nothing that it says is lost."""
    custom = {**other.get("custom", {}), **kept.get("custom", {})}
    made = {**{k: v for k, v in other.items() if k != "custom"}, **{k: v for k, v in kept.items() if k != "custom"}}
    if len(other.get("author", ())) > len(kept.get("author", ())):
        made["author"] = other["author"]
        custom |= {k: v for k, v in other.get("custom", {}).items() if k in ("orcids", "affiliations")}
    return made | ({"custom": custom} if custom else {})


def _move_parts(gone: Study, stays: Study) -> None:
    StudyUse.objects.filter(study=gone).update(study=stays)
    Topic.objects.filter(study=gone).update(study=stays)
    for row in StudyAuthor.objects.filter(study=gone):
        if not StudyAuthor.objects.filter(study=stays, person=row.person_id).exists():
            StudyAuthor(study=stays, person_id=row.person_id).save()
        row.delete()
    for link in Link.objects.filter(lower=gone).select_related("upper"):
        join(stays, link.relation, link.upper)
        link.delete()


@action("research.keep_apart", may=roles(*OFFICE, of="twin.study.owner_id"), about="twin")
def keep_apart(*, by: Any, twin: Twin) -> Twin:
    """The two are two; they are not shown again."""
    twin = lock(twin)
    require_state(twin, "open")
    twin.state = "two"
    twin.save()
    return twin
