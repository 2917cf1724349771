from django.urls import path

from tertia.act.volunteering import consent  # noqa: F401  declares the page of its pass
from tertia.act.volunteering.views import cohort, door, finder, own, planning, register, safety

urlpatterns = [
    path("volunteering/", finder.opportunity_list, name="opportunities"),
    path("volunteering/new/", planning.opportunity_new, name="opportunity_new"),
    path("volunteering/proposals/", cohort.cohort_plans, name="cohort_plans"),
    path("volunteering/proposals/<int:pk>/", cohort.cohort_plan, name="cohort_plan"),
    path("volunteering/register/", register.register, name="register"),
    path("volunteering/register/<int:year>.<str:kind>", register.register_file, name="register_file"),
    path("volunteering/mine/", own.my_shifts, name="my_shifts"),
    path("volunteering/shifts/<int:pk>/", door.shift_list, name="shift_list"),
    path("volunteering/shifts/<int:pk>/paper/", door.shift_paper, name="shift_paper"),
    path("volunteering/shifts/<int:pk>.ics", own.shift_calendar, name="shift_calendar"),
    path("volunteering/<slug:slug>/", finder.opportunity, name="opportunity"),
    path("volunteering/<slug:slug>/plan/", planning.opportunity_plan, name="opportunity_plan"),
    path("volunteering/<slug:slug>/wall/", door.wall, name="wall"),
    path("volunteering/<slug:slug>/report/", safety.report, name="incident_report"),
    path("safety/", safety.desk, name="safety"),
    path("check-in/", own.check_in_page, name="check_in"),
]
