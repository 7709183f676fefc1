"""Addresses of performance."""

from django.urls import path

from hearth.oversight.performance import views
from hearth.oversight.performance.agreements import views as agreements
from hearth.oversight.performance.exceptions import views as exceptions
from hearth.oversight.performance.projects import views as projects

FIGURE = "performance/projects/<str:project>/<str:row>/<str:as_at>"
AGREEMENT = "performance/agreements/<str:area>"

urlpatterns = [
    path("performance/", views.scorecard, name="scorecard"),
    path("performance/behind/", exceptions.what_is_behind, name="what_is_behind"),
    path(
        "performance/behind/<str:measure>/<str:area>/say/",
        exceptions.write_exception_report,
        name="write_exception_report",
    ),
    path("performance/measures/", views.measure, name="measure"),
    path("performance/measures/records/", views.measured_records, name="measured_records"),
    path("performance/download/", views.download_performance, name="download_performance"),
    path("performance/projects/", projects.project, name="project"),
    path("performance/projects/download/", projects.download_project, name="download_project"),
    path(f"{FIGURE}/type/", projects.type_figure, name="type_figure"),
    path(f"{FIGURE}/change/", projects.change_figure, name="change_figure"),
    path("performance/agreements/", agreements.service_level_agreement, name="service_level_agreement"),
    path(f"{AGREEMENT}/set/", agreements.set_local_target, name="set_local_target"),
    path(
        f"{AGREEMENT}/<str:measure>/<str:from_on>/change/", agreements.change_local_target, name="change_local_target"
    ),
]
