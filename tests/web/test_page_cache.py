"""A kept page is never older than the data, and never anybody else's."""

import pytest
from django.core.cache import cache
from django.test import Client
from tests.cast import make_need
from tests.web.test_matrix import signed_in


@pytest.fixture(autouse=True)
def keeping(settings):
    settings.TERTIA_PAGE_CACHE = True
    cache.clear()
    yield
    cache.clear()


def kept(answer):
    return answer.get("X-Page") == "kept"


def test_a_page_is_kept_until_the_next_event(world):
    page = "/en/needs/"
    assert [kept(Client().get(page)) for _ in range(2)] == [False, True]
    make_need(world, "A new need")
    fresh = Client().get(page)
    assert not kept(fresh) and b"A new need" in fresh.content
    assert kept(Client().get(page))


def test_a_kept_page_has_the_same_headers_and_bytes(world):
    first, second = Client().get("/kk/"), Client().get("/kk/")
    assert kept(second) and first.content == second.content
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]


def test_whoever_is_signed_in_neither_fills_nor_gets_kept_pages(world):
    make_need(world, "A secret need", public=False)
    assert b"A secret need" in signed_in(world, "office").get("/en/needs/").content
    assert b"A secret need" not in Client().get("/en/needs/").content
    assert not kept(signed_in(world, "office").get("/en/needs/"))


def test_pages_with_forms_and_errors_are_not_kept(world):
    for page in ("/en/needs/new/", "/en/accounts/login/", "/en/nothing/"):
        assert not any(kept(Client().get(page)) for _ in range(2)), page
