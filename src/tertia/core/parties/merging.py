"""One organisation that was written down twice: what named the one names the other, and the old address leads on."""

from __future__ import annotations

import re
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock
from tertia.core.actions.errors import BadInput, Fault, NotAllowed
from tertia.core.actions.policies import one_of, roles, system
from tertia.core.parties.identifiers import BadIdentifier, read_identifier
from tertia.core.parties.models import Identifier, Merger, Organisation, OrganisationName
from tertia.core.periods import clock

__all__ = ["MAY_DESCRIBE", "declare_conflict", "describe_organisation", "merge_organisations", "write_identifiers"]

#: what an app says against a merger: (into, gone) → sentences
_CONFLICTS: list[Any] = []
#: rows that tell of the merger itself, or hang on the row that is gone
_OWN = {"parties.Merger", "parties.OrganisationName", "parties.Identifier", "parties.Organisation"}


def declare_conflict(ask: Any) -> Any:
    """Register a function that says why two organisations cannot be one: both are parties to the same agreement, for example."""
    _CONFLICTS.append(ask)
    return ask


@action("parties.merge", may=one_of(roles("office", "administrator", of="within.pk"), system), about="into")
def merge_organisations(*, by: Any, within: Organisation | None, into: Organisation, gone: Organisation, reason: str) -> Organisation:
    """`gone` was `into` written down again. Everything that names it names `into` from now on, in this one transaction.

    Raises BadInput where one of them keeps its own records here, was merged before, or an app says what stands against it.
    """
    # always in one order, so that two who merge the same pair the other way round do not wait for each other
    first, second = (lock(one) for one in sorted((into, gone), key=lambda o: o.pk))
    into, gone = (first, second) if first.pk == into.pk else (second, first)
    faults = [Fault("gone", sentence) for sentence in _against(into, gone)]
    if not reason.strip():
        faults.append(Fault("reason", _("Say why they are one.")))
    if faults:
        raise BadInput(*faults)
    moved = {label: count for model in _models() for label, count in _move(model, into, gone).items() if count}
    _keep_names(into, gone)
    for field in ("email", "website", "place_id"):
        if not getattr(into, field):
            setattr(into, field, getattr(gone, field))
    into.save()
    gone.merged_into, gone.email = into, ""
    gone.save()
    # who was merged into the one that goes now leads to the one that stays
    Organisation.objects.filter(merged_into=gone).update(merged_into=into)
    Merger(into=into, gone=gone, reason=reason.strip()[:300], by=by.person, within=within, at=clock.now(), moved=moved).save()
    return into


def _against(into: Organisation, gone: Organisation) -> list[str]:
    if into.pk == gone.pk:
        return [_("These are one and the same already.")]
    if into.merged_into_id or gone.merged_into_id:
        return [_("One of the two was merged before. Open the list again.")]
    if into.hosts or gone.hosts or "unit" in (into.kind, gone.kind):
        return [_("Whoever keeps records here, and its units, cannot be merged.")]
    theirs = dict(gone.identifiers.values_list("scheme", "value"))
    clash = [s for s, v in into.identifiers.values_list("scheme", "value") if theirs.get(s, v) != v]
    if clash:
        return [_("Their %(scheme)s differs, so they are two.") % {"scheme": clash[0].upper()}]
    return [sentence for ask in _CONFLICTS for sentence in ask(into, gone)]


def _models() -> list[Any]:
    return sorted(
        {r.related_model for r in Organisation._meta.related_objects if r.related_model._meta.label not in _OWN},
        key=lambda m: m._meta.label,
    )


def _move(model: Any, into: Organisation, gone: Organisation) -> dict[str, int]:
    """Rows of a model that name the one name the other. A row that the other has already (a membership, an owed answer) goes."""
    count = 0
    for field in model._meta.concrete_fields:
        if not (field.is_relation and field.related_model is Organisation) or field.model is not model:
            continue
        rows = model._default_manager.filter(**{field.name: gone})
        alone = [c for c in model._meta.constraints if isinstance(c, models.UniqueConstraint) and field.name in c.fields]
        for unique in [*(c.fields for c in alone), *([(field.name,)] if field.unique else [])]:
            for row in list(rows):
                same = {name: into if name == field.name else getattr(row, name) for name in unique}
                if model._default_manager.filter(**same).exists():
                    row.delete()
        count += rows.update(**{field.name: into})
    return {model._meta.label_lower: count}


def _keep_names(into: Organisation, gone: Organisation) -> None:
    """Other names stay on record, and numbers that the one has and the other has not."""
    known = {str(v[0]).lower() for text in (into.name, *(n.name for n in into.names.all())) for v in text.versions.values()}
    if any(v[0].lower() not in known for v in gone.name.versions.values()):
        # of no day: it is found by this name and never called by it
        OrganisationName(organisation=into, name=gone.name, valid_from=clock.today(), valid_to=clock.today()).save()
    there = set(into.identifiers.values_list("scheme", flat=True))
    for row in gone.identifiers.exclude(scheme__in=there):
        row.organisation = into
        row.save()
    gone.identifiers.all().delete()


#: the office of a university that keeps records here, and the organisation's own people
MAY_DESCRIBE = one_of(
    roles("office", "administrator", of="within.pk"), roles("office", "leader", "partner", "administrator", of="organisation.pk")
)


@action("parties.describe", may=MAY_DESCRIBE, about="organisation")
def describe_organisation(*, by: Any, organisation: Organisation, within: Organisation | None, **given: Any) -> Organisation:
    """Short name, e-mail, site, language of letters, and the name under which its own site here is reached."""
    _own(by, organisation)
    organisation = lock(organisation)
    host = given.get("host_name", "")
    if host and not re.fullmatch(r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+", host):
        raise BadInput(Fault("host_name", _("Write the name alone, such as third.university.kz.")))
    if host and Organisation.objects.filter(host_name=host).exclude(pk=organisation.pk).exists():
        raise BadInput(Fault("host_name", _("Another university has this name already.")))
    for name in ("short_name", "email", "website", "letter_language", "host_name"):
        setattr(organisation, name, given.get(name, getattr(organisation, name)))
    organisation.save()
    return organisation


@action("parties.write_identifiers", may=MAY_DESCRIBE, about="organisation")
def write_identifiers(*, by: Any, organisation: Organisation, within: Organisation | None, given: dict[str, str]) -> Organisation:
    """The numbers of an organisation by scheme; an empty one is taken away. Raises BadInput for each that is wrong or another's."""
    _own(by, organisation)
    organisation = lock(organisation)
    values, faults = {}, []
    for scheme, words in given.items():
        try:
            values[scheme] = read_identifier(scheme, words) if words.strip() else ""
        except BadIdentifier as error:
            faults.append(Fault(scheme, _sentence(scheme, error.code)))
    for scheme, value in values.items():
        other = (
            Identifier.objects.filter(scheme=scheme, value=value).exclude(organisation=organisation).select_related("organisation").first()
        )
        if value and other is not None:
            faults.append(
                Fault(scheme, _("%(name)s bears this number already. If they are one, merge them.") % {"name": other.organisation.name})
            )
    if faults:
        raise BadInput(*faults)
    for scheme, value in values.items():
        row = organisation.identifiers.filter(scheme=scheme).first()
        if row is not None and not value:
            row.delete()
        elif value and (row is None or row.value != value):
            row = row or Identifier(organisation=organisation, scheme=scheme)
            row.value = value
            row.save()
    return organisation


def _own(by: Any, organisation: Organisation) -> None:
    """A university that keeps its own records here is described by its own people alone."""
    keeper = organisation if organisation.hosts else organisation.parent
    if keeper is not None and keeper.hosts and not by.is_system and not by.has(keeper.pk, "office", "leader", "administrator"):
        raise NotAllowed("parties.describe")


def _sentence(scheme: str, code: str) -> str:
    if code == "person":
        return _("This looks like the IIN of a person, which is never kept here. An organisation has a BIN.")
    if code == "check":
        return _("The check figure does not fit, so a figure is wrong somewhere. Compare it with the papers.")
    return {
        "bin": _("A BIN has twelve figures, for example 010140000143."),
        "ror": _("A ROR number looks like 02mhbdp94."),
        "wikidata": _("A Wikidata number is a Q and figures, for example Q2537765."),
    }[scheme]
