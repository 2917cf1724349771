"""What is not done by the next conference is carried into its resolution, word for word, and the two stay joined."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tertia.core.actions.action import action, lock, require_state
from tertia.core.actions.errors import BadInput, Fault
from tertia.core.actions.policies import roles
from tertia.core.records.actions import join
from tertia.core.records.models import Link
from tertia.core.records.slugs import free_slug
from tertia.plan.conferences.models import Recommendation, Resolution

__all__ = ["carry_on"]


@action("conferences.carry_on", may=roles("office", "leader", of="resolution.owner_id"), about="resolution")
def carry_on(*, by: Any, resolution: Resolution, recommendations: list[Recommendation]) -> list[Recommendation]:
    """Take recommendations of earlier adopted resolutions into a draft. Each keeps its words and its lead-in, and is joined with the old one."""
    resolution = lock(resolution)
    require_state(resolution, "draft")
    if not recommendations:
        raise BadInput(Fault("which", _("Choose at least one recommendation.")))
    present = set(
        Link.objects.filter(relation="continues", lower__as_recommendation__resolution=resolution).values_list("upper", flat=True)
    )
    position = resolution.recommendations.count()
    group = max(resolution.recommendations.values_list("group", flat=True), default=0)
    lead_in, made = None, []
    for old in recommendations:
        if old.resolution.adopted_on is None or old.resolution_id == resolution.pk or old.owner_id != resolution.owner_id:
            raise BadInput(Fault("which", _("Only recommendations of your own adopted resolutions are carried on.")))
        if old.pk in present:
            continue
        if old.group_lead_in != lead_in or not made:
            group, lead_in = group + 1, old.group_lead_in
        position += 1
        new = Recommendation(
            owner_id=resolution.owner_id, resolution=resolution, position=position, number=str(position), title=old.title, short=old.short, group=group,
            group_lead_in=old.group_lead_in, slug=free_slug(resolution.owner, "recommendation", f"{resolution.slug} {position}"),
            visibility=resolution.visibility, demonstration=resolution.demonstration,
        )  # fmt: skip
        new.save()
        join(new, "part-of", resolution)
        join(new, "continues", old)
        made.append(new)
    return made
