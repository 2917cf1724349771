"""Invented stories: one in three languages with a partner's voice, one in two, one that waits for the reviewer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from tertia.act.activities.models import Activity
from tertia.core.languages.text import Text
from tertia.core.periods import clock
from tertia.demonstration.cast import Cast
from tertia.demonstration.content import load, text
from tertia.tell.site.actions import write_site
from tertia.tell.stories.actions import publish_story, quote_partner, send_story, write_story
from tertia.tell.stories.models import Story

__all__ = ["tell_stories"]


def tell_stories(cast: Cast, day: dt.date, tell: Any) -> None:
    for row in load("stories")["story"]:
        on = day - dt.timedelta(days=row["days"])
        held = (
            Activity.objects.filter(owner=cast.university, host=cast.bodies[row["host"]], state="held", starts_on__lt=on)
            .order_by("-starts_on", "-pk")
            .first()
        )
        with clock.at(on, 10):
            story = write_story(
                by=cast.actor("office", on), owner=cast.university, title=text(row), summary=text(row, "summary_"), body=text(row, "body_"), tells=held, demonstration=True
            )  # fmt: skip
            if "quote_en" in row:
                quote_partner(
                    by=cast.actor("office", on), story=story, organisation=cast.bodies[row["host"]], words=text(row, "quote_"), agreed_on=on, agreed_how="e-mail (demo)"
                )  # fmt: skip
            send_story(by=cast.actor("office", on), story=story)
            publish_story(by=cast.actor("leader", on), story=story, now=timezone.make_aware(dt.datetime.combine(on, dt.time(11))))
    with clock.at(day, 7):
        waiting = write_story(
            by=cast.actor("office", day), owner=cast.university, title=Text.of("ru", ru="Что показали автобусы", kk="Автобустар не көрсетті"),
            summary=Text.of("ru", ru="Исследование о вечерних автобусах дошло до бюджета."), body=Text.of("ru", ru="Последним автобусом едут 340 человек за вечер. Такое в городе посчитано впервые."), demonstration=True,
        )  # fmt: skip
        send_story(by=cast.actor("office", day), story=waiting)
    with clock.at(day - dt.timedelta(days=60), 9):
        write_site(
            by=cast.actor("leader", day), owner=cast.university, press_name="", press_email="press@demonstration.invalid", press_phone="",
            about=Text.of(
                "ru", ru="Университет, который город может спросить: на каждый вопрос есть имя и срок.", kk="Қала сұрай алатын университет: әр сұрақтың жауап беретін адамы мен мерзімі бар.",
                en="A university that its city can ask: each question has a name and a date.",
            ),
        )  # fmt: skip
    tell("stories", Story.objects.filter(owner=cast.university).count())
