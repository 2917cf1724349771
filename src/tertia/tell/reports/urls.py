from django.urls import path

from tertia.tell.reports import views, writing

urlpatterns = [
    path("reports/", views.report_list, name="reports"),
    path("reports/new/", writing.report_new, name="report_new"),
    path("reports/write/<slug:period>/", writing.report_write, name="report_write"),
    path("reports/write/<slug:period>/preview/", writing.report_preview, name="report_preview"),
    path("reports/write/<slug:period>/<slug:chapter>/", writing.report_chapter, name="report_chapter"),
    path("reports/<slug:slug>/", views.report, name="report"),
    path("reports/<slug:slug>/report.pdf", views.report_pdf, name="report_pdf"),
    path("reports/<slug:slug>/report.docx", views.report_docx, name="report_docx"),
    path("reports/<slug:slug>/data.json", views.report_data, name="report_data"),
    path("reports/<slug:slug>/sample/", views.report_sample, name="report_sample"),
]
