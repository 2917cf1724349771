"""Which regions there were on a day."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from tertia.core.places.models import Place

__all__ = ["regions_on"]


def regions_on(day: dt.date) -> QuerySet[Place]:
    """Regions and cities of republican significance that existed on a day: 20 today, 17 before 8 June 2022."""
    return Place.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=day),
        Q(valid_to=None) | Q(valid_to__gt=day),
        kind__in=(Place.Kind.REGION, Place.Kind.CITY),
    ).prefetch_related("names")
