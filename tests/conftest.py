"""What every test may use: the rules and regions, a cast of roles in two universities, and `--long`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from tests.cast import TODAY, World, make_world
from tests.kept import Small, empty, keep

hypothesis_settings.register_profile("short", max_examples=25, deadline=None)
hypothesis_settings.register_profile("long", max_examples=2000, deadline=None)


def pytest_addoption(parser: Any) -> None:
    parser.addoption("--long", action="store_true", help="thousands of generated cases")


def pytest_configure(config: Any) -> None:
    hypothesis_settings.load_profile("long" if config.getoption("--long") else "short")


def pytest_collection_modifyitems(config: Any, items: list[Any]) -> None:
    if not config.getoption("--long"):
        for item in items:
            if "long" in item.keywords:
                item.add_marker(pytest.mark.skip(reason="runs with --long"))
    here = os.environ.get("TERTIA_TESTS_SIDE")
    if here:
        elsewhere = {i for i in items if here not in _sides(i)}
        config.hook.pytest_deselected(items=list(elsewhere))
        items[:] = [i for i in items if i not in elsewhere]


def _sides(item: Any) -> set[str]:
    """Where the suite runs a test: on both databases if it asks the site's, apart from them if it asks none or brings its own."""
    fixtures = {"db", "transactional_db", "django_db_setup", "kept_world", "kept_demonstration", "live_server"}
    if not item.get_closest_marker("django_db") and not fixtures & set(item.fixturenames):
        return {"apart"}
    return {"sqlite"} if "once" in item.keywords else {"postgres"} if "production" in item.keywords else {"sqlite", "postgres"}


@pytest.fixture(autouse=True, scope="session")
def quick_flush() -> None:
    """After a test that wrote for good, rows are deleted where there are any."""
    TransactionTestCase._fixture_teardown = lambda case: empty()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Each test begins in English, whatever language a page before it was in, and with nothing kept from the test before."""
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def basics(db: None) -> None:
    """The rules with which Tertia starts, and the regions."""
    from tertia.core.actions.actor import Actor
    from tertia.core.parties.setup import load_basics

    load_basics(Actor.system("test"))


@pytest.fixture(scope="session")
def kept_world(django_db_setup: None, django_db_blocker: Any) -> Small:
    """The cast with the rules and regions, made once."""

    def make() -> World:
        from tertia.core.actions.actor import Actor
        from tertia.core.parties.setup import load_basics

        load_basics(Actor.system("test"))
        return make_world()

    with django_db_blocker.unblock(), translation.override("en"):
        return Small("world_", make)


@pytest.fixture
def world(kept_world: Small, db: None) -> World:
    """Two universities with all roles, a partner and an akimat. The second university must see nothing of the first."""
    found: World = kept_world.put()
    return found


@pytest.fixture(scope="session")
def kept_demonstration(django_db_setup: None, django_db_blocker: Any) -> Any:
    """The demonstration, loaded once; `tests.kept.put_back` lays it where a test needs it."""
    from tertia.demonstration.load import load_demonstration

    with django_db_blocker.unblock(), translation.override("en"):
        loaded = load_demonstration(students=60, seed=7, day=TODAY)
        keep()
    return loaded


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """SQLite's test database is a file, so that browsers, workers and racing processes share it."""
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = f"{connection.settings_dict['NAME']}.test"
