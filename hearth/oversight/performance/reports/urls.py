"""Addresses of reports: the authority's own pages, and those that everybody reads."""

from django.urls import path

from hearth.oversight.performance.reports import views
from hearth.oversight.performance.reports.approving import views as approving
from hearth.oversight.performance.reports.everybody import views as everybody
from hearth.oversight.performance.reports.studies import views as studies

REPORT = "reports/<str:reference>"

urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("reports/start/", views.start_report, name="start_report"),
    path(f"{REPORT}/", views.report, name="report"),
    path(f"{REPORT}/gather/", views.gather_report_again, name="gather_report_again"),
    path(f"{REPORT}/write/<str:section>/", views.write_report_section, name="write_report_section"),
    path(f"{REPORT}/send/", views.send_report, name="send_report"),
    path(f"{REPORT}/approve/", approving.approve_report, name="approve_report"),
    path(f"{REPORT}/send-back/", approving.send_back_report, name="send_back_report"),
    path(f"{REPORT}/correct/", views.correct_report, name="correct_report"),
    path(f"{REPORT}/publish/", approving.publish_report, name="publish_report"),
    path(f"{REPORT}/download/", views.download_report, name="download_report"),
    path(f"{REPORT}/case-studies/add/", studies.add_case_study, name="add_case_study"),
    path(f"{REPORT}/case-studies/<int:number>/change/", studies.change_case_study, name="change_case_study"),
    path(f"{REPORT}/case-studies/<int:number>/withdraw/", studies.withdraw_case_study, name="withdraw_case_study"),
    path("published-reports/", everybody.published_reports, name="published_reports"),
    path("published-reports/<str:reference>/", everybody.published_report, name="published_report"),
    path(
        "published-reports/<str:reference>/<str:kind>/", everybody.published_report_file, name="published_report_file"
    ),
]
