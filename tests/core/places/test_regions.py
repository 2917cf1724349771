"""The regions of Kazakhstan through time."""

import datetime as dt

from tertia.core.actions.actor import Actor
from tertia.core.places.actions import load_regions
from tertia.core.places.models import Place
from tertia.core.places.queries import regions_on

SPLIT = dt.date(2022, 6, 8)


def test_there_are_20_regions_today_and_17_before_8_june_2022(basics):
    assert regions_on(dt.date(2026, 11, 24)).count() == 20
    assert regions_on(SPLIT).count() == 20
    assert regions_on(SPLIT - dt.timedelta(days=1)).count() == 17


def test_a_text_of_2019_still_reads_nur_sultan(basics):
    astana = Place.objects.get(code="KZ-71")
    assert str(astana.name_on(dt.date(2019, 10, 30))) == "Nur-Sultan"
    assert str(astana.name_on(dt.date(2026, 11, 24))) == "Astana"


def test_every_region_has_its_name_in_three_languages(basics):
    for place in Place.objects.all():
        assert set(place.name.versions) == {"kk", "ru", "en"}, place


def test_the_three_new_regions_say_of_what_they_were_a_part(basics):
    new = Place.objects.filter(valid_from=SPLIT)
    assert new.count() == 3
    assert all(p.part_of_before_id for p in new)


def test_loading_again_changes_nothing(basics):
    before = Place.objects.count()
    load_regions(by=Actor.system("test"))
    assert Place.objects.count() == before
