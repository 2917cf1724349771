from django.urls import path

from tertia.plan.strategy.views import measures, reading, strategies

urlpatterns = [
    path("measures/", measures.measure_list, name="measures"),
    path("measures/new/", measures.measure_new, name="measure_new"),
    path("measures/<slug:slug>/", measures.measure, name="measure"),
    path("measures/<slug:slug>/change/", measures.measure_change, name="measure_change"),
    path("strategies/", strategies.strategy_list, name="strategies"),
    path("strategies/new/", strategies.strategy_new, name="strategy_new"),
    path("strategies/<slug:slug>/", strategies.strategy, name="strategy"),
    path("strategies/<slug:slug>/changes/", strategies.strategy_changes, name="strategy_changes"),
    path("strategies/<slug:slug>/paper/", strategies.strategy_paper, name="strategy_paper"),
    path("strategies/<slug:slug>/table/", strategies.strategy_table, name="strategy_table"),
    path("strategies/<slug:slug>/read/", reading.strategy_read, name="strategy_read"),
    path("strategies/<slug:slug>/<slug:step>/", strategies.strategy_step, name="strategy_step"),
]
