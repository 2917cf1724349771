"""What activities give to measuring."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import ExtractMonth, ExtractYear, NullIf

from tertia.act.activities.models import Activity, Learner, Participation
from tertia.core.facts.declare import Column, FactTable, declare_facts, declare_lived
from tertia.core.facts.expressions import Minute
from tertia.core.parties.models import Membership
from tertia.core.periods.years import FIRST_MONTH
from tertia.core.records.models import Link

__all__ = ["ACTIVITY", "LEARNER", "PARTICIPATION"]


def _serving(activity: str) -> Exists:
    """Whether the activity serves a registered need."""
    return Exists(Link.objects.filter(relation="serves", lower=OuterRef(activity)))


def _months(day: Any) -> Any:
    """A day's month, counted from the year 0."""
    return ExtractYear(day) * 12 + ExtractMonth(day)


#: the month, counted so, in which the academic year after the activity's begins: the next September of the calendar
_SINCE = _months(OuterRef("sheet__starts_on")) - FIRST_MONTH
_NEXT = _SINCE - (_SINCE % 12) + 12 + FIRST_MONTH
_ENROLLED_NEXT = Exists(
    Membership.objects.filter(person=OuterRef("person"), organisation=OuterRef("sheet__owner"), standing="student")
    .annotate(next=_NEXT)
    .filter(Q(valid_to=None) | Q(next__lte=_months("valid_to")), next__gt=_months("valid_from") - 12)
)


_told = Link.objects.filter(
    Q(relation="tells", lower__state="published") | Q(relation="speaks-of", lower__state="kept"), upper=OuterRef("pk")
)
_WITH_STUDENTS = Exists(Participation.objects.filter(sheet__activity=OuterRef("pk"), role="student"))


def _activities(organisation: Any) -> Any:
    """What waits for the person for whom it was written down counts only when it is confirmed."""
    return Activity.objects.filter(Q(entered_for=None) | Q(confirmed_on__isnull=False), owner=organisation).exclude(state="withdrawn")


def _participations(organisation: Any) -> Any:
    return Participation.objects.filter(sheet__owner=organisation)


ACTIVITY = declare_facts(
    FactTable(
        "activity", 6, "activities", "One row for each activity that was not called off.", _activities,
        (
            Column("record", "int", "id of the activity", "pk"), Column("day", "date", "first day", "starts_on"),
            Column("unit", "text", "faculty or unit", "unit__slug", unit="units"), Column("held", "bool", "took place", Q(state="held")),
            Column("open_to_public", "bool", "open to the public"), Column("partner", "text", "host", "host__slug", unit="partners"),
            Column("partner_kind", "text", "kind of host", "host__kind", unit="kinds of partner"),
            Column("told", "bool", "a published story or a kept piece of an outlet tells of it", Exists(_told)),
            Column("signed", "bool", "the host has signed its hours", Q(sheet__state="signed")),
            Column("serves_need", "bool", "serves a registered need", _serving("pk")),
            Column("region", "text", "ISO 3166-2 code", "place__code", unit="regions"),
            Column("with_students", "bool", "a student took part", _WITH_STUDENTS),
            Column("engagement", "text", "kind of work with society; empty where nobody said it", NullIf("engagement", Value(""))),
            Column("reached", "int", "people from outside; empty where nobody counted", unit="people"),
            Column("staff_days", "decimal", "days of staff for preparing and holding it", unit="days"),
            Column("learner_days", "decimal", "people who learned, times days of learning", unit="days"),
            Column("paid", "bool", "somebody paid for it"),
            Column("for_group", "bool", "it is for a named group of people", ~Q(groups=[])),
            Column("planned_together", "bool", "those whom it is for took part in planning it"),
            Column("student_led", "bool", "students proposed and led it", Q(shift__opportunity__student_led=True)),
        ),
    )
)  # fmt: skip
PARTICIPATION = declare_facts(
    FactTable(
        "participation", 5, "participations", "One row for each person's part in an activity.", _participations,
        (
            Column("record", "int", "id of the participation", "pk"), Column("sheet", "int", "id of the sheet of hours", "sheet_id"),
            Column("activity", "int", "id of the activity", "sheet__activity_id", unit="activities"),
            Column("day", "date", "day of the activity", "sheet__starts_on"),
            Column("unit", "text", "faculty or unit of the person", "unit__slug", unit="units"),
            Column("person", "person", "keyed hash of the person", "person_id", unit="people"), Column("role", "text", "student, staff or outside"),
            Column("hours_claimed", "decimal", "hours claimed", unit="hours"),
            Column("hours", "decimal", "hours signed by the host; empty until then", "hours_signed", unit="hours"),
            Column("attested", "bool", "the host has signed", Q(hours_signed__isnull=False)),
            Column("partner", "text", "host", "sheet__activity__host__slug", unit="partners"),
            Column("partner_kind", "text", "kind of host", "sheet__activity__host__kind", unit="kinds of partner"),
            Column("serves_need", "bool", "the activity serves a registered need", _serving("sheet__activity_id")),
            Column("engagement", "text", "kind of the activity", NullIf("sheet__activity__engagement", Value(""))),
            Column("paid", "bool", "somebody paid for the activity", "sheet__activity__paid"),
            Column("starts", "int", "first minute of the activity, since 1970 in UTC", Minute("sheet__activity__starts_at"), unit="minutes"),
            Column("ends", "int", "last minute of the activity", Minute("sheet__activity__ends_at"), unit="minutes"),
            Column("signed", "int", "minute in which the hours were signed", Minute("sheet__signed_at"), unit="minutes"),
            Column("signer", "text", "body that signed", "sheet__signed_by__slug", unit="bodies"),
            Column("signer_inside", "bool", "the body that signed is the university or a unit of it",
                   Q(sheet__signed_by=F("sheet__owner")) | Q(sheet__signed_by__parent=F("sheet__owner"))),
            Column("enrolled_next", "bool", "the person is a student here in the academic year after the activity's", _ENROLLED_NEXT),
        ),
    )
)  # fmt: skip


def _learners(organisation: Any) -> Any:
    return Learner.objects.filter(activity__owner=organisation, activity__state="held", activity__engagement__in=("course", "silver"))


LEARNER = declare_facts(
    FactTable(
        "learner", 1, "learners", "One row for each adult learner of each course of continuing education that was held.", _learners,
        (
            Column("record", "int", "id of the row", "pk"), Column("activity", "int", "id of the course", "activity_id"), Column("day", "date", "first day of the course", "activity__starts_on"),
            Column("unit", "text", "faculty or unit", "activity__unit__slug", unit="units"), Column("learner", "text", "keyed hash of the learner", "mark", unit="people"),
            Column("for_older", "bool", "the course is for older people", Q(activity__engagement="silver")), Column("half", "bool", "attended at least half of the course"),
            Column("older", "bool", "fifty or older; empty where nobody told the year of birth"), Column("own_staff", "bool", "staff of the university"),
        ),
    )
)  # fmt: skip

#: hours that a host signed: of students they are volunteering, of staff they are work with a partner
declare_lived("S5", "hours", "signed", also=Exists(Participation.objects.filter(sheet=OuterRef("pk"), role="student")))
declare_lived("S12", "hours", "signed")
