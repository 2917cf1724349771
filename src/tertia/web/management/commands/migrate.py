"""Django's `migrate`, which makes a new model known without making all others again.

For each model that a migration creates, Django renders every related model anew, each time nearly all of a house in which everything hangs
on records and organisations: of 47 seconds for an empty database two thirds. A model that was not there yet changes no other one: rendered
alone it joins the registry as any class that is defined later does. Where Django itself puts off what is around a model (an index, a
constraint, a field to which nothing refers), the model is rendered alone too; before a migration runs Python, all is made anew. `tests/upgrades/test_upgrades.py` compares both schemas.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands.migrate import Command as DjangosMigrate
from django.db.migrations.state import ModelState, ProjectState

__all__ = ["Command", "quickly"]


@contextmanager
def quickly() -> Iterator[None]:
    """Models are rendered alone where that suffices, for as long as this lasts."""
    whole, around = ProjectState.add_model, ProjectState._find_reload_model

    def add_model(self: ProjectState, model_state: ModelState) -> None:
        key = model_state.app_label, model_state.name_lower
        if "apps" not in self.__dict__ or key in self.models or key[1] in self.apps.all_models[key[0]]:
            whole(self, model_state)
            return
        apps = self.__dict__.pop("apps")  # so that the library does its own part alone
        try:
            whole(self, model_state)
        finally:
            self.__dict__["apps"] = apps
        apps.render_multiple([model_state])

    def find(self: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
        if delay:
            self.is_delayed = True  # so that it is all made anew before Python runs
            return {(app_label, model_name)}
        return around(self, app_label, model_name, delay)

    ProjectState.add_model, ProjectState._find_reload_model = add_model, find
    try:
        yield
    finally:
        ProjectState.add_model, ProjectState._find_reload_model = whole, around


class Command(DjangosMigrate):
    def handle(self, *args: Any, **options: Any) -> Any:
        with quickly():
            return super().handle(*args, **options)
