"""Which rows of the database belong to an organisation, and which rows of others these name.

Derived from the foreign keys: a row belongs to the owner of the record on which it hangs, else to the organisation on which it hangs.
Where that says too little, `OWN` says it; `NOT_TAKEN` lists what is of one installation and of no use in another, each with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from tertia.core.actions.ways import way_to
from tertia.core.parties.models import Account, Organisation, Person
from tertia.core.records.kinds import KINDS
from tertia.core.records.models import Record

__all__ = ["NOT_TAKEN", "OWN", "Belonging", "chunks", "local_fields", "taken_models"]

Owned = Callable[[set[int]], Q]


def _of_people(own: set[int], way: str) -> Q:
    """Its own people, and whoever has a role in it."""
    return Q(**{f"{way}home__in": own}) | Q(**{f"{way}memberships__organisation__in": own})


#: where the foreign keys say too little or something else first
OWN: dict[str, Owned] = {
    "access.Pass": lambda own: Q(issued_by__in=own),
    "account.EmailAddress": lambda own: _of_people(own, "user__person__"),
    # what happened to its records by the installation itself is sealed there in another chain; here it is sealed again
    "actions.Event": lambda own: Q(organisation__in=own) | Q(organisation=None, record__owner__in=own),
    "actions.EventPersonal": lambda own: Q(event__organisation__in=own) | Q(event__organisation=None, event__record__owner__in=own),
    "actions.Seal": lambda own: Q(organisation__in=own),
    "actions.SealedEvent": lambda own: Q(seal__organisation__in=own),
    "country.Expected": lambda own: Q(keeper__in=own) | Q(organisation__in=own),
    "country.HandIn": lambda own: Q(keeper__in=own) | Q(organisation__in=own),
    "country.NationalFigure": lambda own: Q(keeper__in=own) | Q(organisation__in=own),
    "outbox.Message": lambda own: Q(organisation__in=own),
    "parties.Account": lambda own: _of_people(own, "person__"),
    # organisations that keep no records here are the installation’s directory, from which everybody chooses
    **dict.fromkeys(("parties.Identifier", "parties.OrganisationName"), lambda own: Q(organisation__in=own) | Q(organisation__hosts=False)),
    "parties.Merger": lambda own: Q(within__in=own),
    "parties.Organisation": lambda own: Q(pk__in=own),
    "parties.Person": lambda own: _of_people(own, ""),
    "partnerships.Contact": lambda own: Q(owner__in=own),
    "partnerships.NotTwins": lambda own: Q(within__in=own),
    "places.Place": lambda own: Q(),
    "places.PlaceName": lambda own: Q(),
    "rules.Rule": lambda own: Q(organisation__in=own) | Q(organisation=None),
    **dict.fromkeys(
        ("activities.CalendarLink", "volunteering.Listing", "volunteering.Profile", "volunteering.SavedSearch"),
        lambda own: Q(person__home__in=own),
    ),
}
NOT_TAKEN = {
    "access.ApiToken": "a token is of one address",
    "access.IdempotencyKey": "answers of one address",
    "account.EmailConfirmation": "waits for a letter of the other place",
    "channels.InboxItem": "waits to be read", "channels.SeenActivity": "waits to be read",
    "jobs.Job": "work of the other place",
    "learning.UsedMessage": "spent", "signin.UsedAssertion": "spent",
    "mfa.Authenticator": "a second factor is bound to the address of a site",
    "partnerships.Doubles": "found again by itself",
    "records.DeclaredPair": "written by each installation from its code",
    "search.SearchEntry": "written again when it is taken in",
    "demonstration.Load": "says that this installation loaded it",
}  # fmt: skip
_OTHERS = ("admin", "auth", "contenttypes", "sessions")


@cache
def taken_models() -> tuple[type[models.Model], ...]:
    """Every model whose rows are taken, each after those that it names as far as that is possible."""
    left = [
        m
        for m in sorted(apps.get_models(include_auto_created=True), key=lambda m: m._meta.label)
        if m._meta.managed and not m._meta.proxy and m._meta.app_label not in _OTHERS and m._meta.label not in NOT_TAKEN
        and m._meta.auto_created is not Account
    ]  # fmt: skip
    done: list[type[models.Model]] = []
    while left:
        ready = [m for m in left if not any(_named(f) in left and _named(f) is not m for f in m._meta.local_concrete_fields)]
        ready = ready or left[:1]  # two that name each other: foreign keys are looked at when all is in
        done += ready
        left = [m for m in left if m not in ready]
    return tuple(done)


def _named(field: Any) -> Any:
    return field.related_model if isinstance(field, models.ForeignKey) else None


def local_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns of the model's own table."""
    return list(model._meta.local_concrete_fields)


@cache
def _owned(model: type[models.Model]) -> Owned:
    if model._meta.label in OWN:
        return OWN[model._meta.label]
    if issubclass(model, Record):
        return lambda own: Q(owner__in=own)
    for wanted, more in ((Record, "__owner__in"), (Organisation, "__in")):
        if (way := way_to(model, lambda m, wanted=wanted: issubclass(m, wanted))) is not None:  # type: ignore[misc]
            return lambda own, path=way[0], more=more: Q(**{f"{path}{more}": own})  # type: ignore[misc]
    raise LookupError(f"to whom does a row of {model._meta.label} belong? Say it in OWN or NOT_TAKEN")


class Belonging:
    """What belongs to an organisation and its units, and what of others is taken along so that nothing dangles.

    `named[model]` are rows of others, by number: organisations and people that its rows name, and public records to which they lead. What
    leads to a record of another that is not public is left out: the field where it may be empty, else the whole row.
    """

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.own = self._family(organisation.pk)
        directory = Organisation.objects.filter(hosts=False).exclude(pk__in=self.own).exclude(parent__hosts=True)
        self.named: dict[type[models.Model], set[int]] = {Organisation: set(directory.values_list("pk", flat=True))}
        self._numbers: dict[type[models.Model], set[Any]] = {}
        self._close()

    @staticmethod
    def _family(pk: int) -> set[int]:
        found, fresh = {pk}, {pk}
        while fresh:
            fresh = set(Organisation.objects.filter(parent__in=fresh).values_list("pk", flat=True)) - found
            found |= fresh
        return found

    def rows(self, model: type[models.Model]) -> Any:
        """Its own rows of a model."""
        rows = model._base_manager.filter(_owned(model)(self.own))
        return rows.distinct() if model._meta.label in OWN else rows  # only these ask in two ways at once

    def own_numbers(self, model: type[models.Model]) -> set[Any]:
        """The numbers of its own rows of a model, asked for once."""
        if model not in self._numbers:
            self._numbers[model] = set(self.rows(model).values_list("pk", flat=True))
        return self._numbers[model]

    def numbers(self, model: type[models.Model]) -> set[Any]:
        """The numbers of all rows that are taken, own and named."""
        return self.own_numbers(model) | self.named.get(model, set())

    def _close(self) -> None:
        """Follow every foreign key out of what is taken, until nothing new is named."""
        for model in taken_models():
            self._follow(model, [self.rows(model)])
        done: dict[type[models.Model], set[int]] = {}
        while fresh := {m: more for m, ids in self.named.items() if (more := ids - done.get(m, set()))}:
            done = {m: set(ids) for m, ids in self.named.items()}
            for model, ids in fresh.items():
                self._follow(model, [model._base_manager.filter(pk__in=part) for part in chunks(ids)])

    def _follow(self, model: type[models.Model], queries: list[Any]) -> None:
        """Name the organisations, people and records of others to which these rows of a model lead."""
        for part in (model, *model._meta.parents):
            for field in part._meta.local_concrete_fields:
                to = _named(field)
                if to is None or not issubclass(to, Organisation | Person | Record) or field.remote_field.parent_link:
                    continue
                said = {v for q in queries for v in q.values_list(field.attname, flat=True).distinct() if v is not None}
                if strange := said - self.own_numbers(to):
                    self._name(to, strange)

    def _name(self, model: type[models.Model], ids: set[int]) -> None:
        if not issubclass(model, Record):
            self.named.setdefault(model, set()).update(ids)
            return
        from tertia.core.actions.actor import ANONYMOUS  # app start

        for chunk in chunks(ids):
            seen = Record.objects.visible_to(ANONYMOUS).filter(pk__in=chunk)
            for pk, kind in seen.values_list("pk", "kind"):
                self.named.setdefault(Record, set()).add(pk)
                self.named.setdefault(apps.get_model(KINDS[kind].model), set()).add(pk)


def chunks(ids: Iterable[int], size: int = 500) -> Iterator[list[int]]:
    """Numbers in order, so many at once as a query takes."""
    rows = sorted(ids)
    for at in range(0, len(rows), size):
        yield rows[at : at + size]
