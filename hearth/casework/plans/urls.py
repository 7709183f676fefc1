"""Addresses of plans, meetings and closing."""

from django.urls import include, path

from hearth.casework.plans import views
from hearth.casework.plans.closing import views as closing
from hearth.casework.plans.reviews import views as reviews

urlpatterns = [
    path("", include("hearth.casework.plans.referring.urls")),
    path("cases/<str:reference>/plan/", views.plan, name="plan"),
    path("cases/<str:reference>/plan/start/", views.start_plan, name="start_plan"),
    path("cases/<str:reference>/close/", closing.close_case, name="close_case"),
    path("cases/<str:reference>/reopen/", closing.reopen_case, name="reopen_case"),
    path("cases/<str:reference>/meetings/", include("hearth.casework.plans.meetings.urls")),
    path("plans/<str:reference>/", views.plan_by_reference, name="plan_by_reference"),
    path("plans/<str:reference>/words/", views.describe_plan, name="describe_plan"),
    path("plans/<str:reference>/type/", views.change_plan_type, name="change_plan_type"),
    path("plans/<str:reference>/agree/", views.agree_plan, name="agree_plan"),
    path("plans/<str:reference>/end/", views.end_plan, name="end_plan"),
    path("plans/<str:reference>/print/", views.print_plan, name="print_plan"),
    path("plans/<str:reference>/distance/", reviews.distance_travelled, name="distance_travelled"),
    path("plans/<str:reference>/documents/", include("hearth.casework.plans.documents.urls")),
    path("plans/<str:reference>/outcomes/", include("hearth.casework.plans.outcomes.urls")),
    path("plans/<str:reference>/actions/", include("hearth.casework.plans.who_does_what.urls")),
    path("plans/<str:reference>/reviews/", include("hearth.casework.plans.reviews.urls")),
]
