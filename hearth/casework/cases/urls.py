"""Addresses of a case."""

from django.urls import include, path

from hearth.casework.cases import views

urlpatterns = [
    path("cases/<str:reference>/", views.case, name="case"),
    path("cases/<str:reference>/team/", views.team, name="team"),
    path("cases/<str:reference>/team/join/", views.join_team, name="join_team"),
    path("cases/<str:reference>/team/add/", views.add_other_member, name="add_other_member"),
    path("cases/<str:reference>/team/leave/", views.leave_team, name="leave_team"),
    path("cases/<str:reference>/lead/", views.name_lead, name="name_lead"),
    path("cases/<str:reference>/move/", views.move_family, name="move_family"),
    path("cases/<str:reference>/held-by/", include("hearth.casework.cases.holding.urls")),
    path("cases/<str:reference>/reaching/", include("hearth.casework.cases.reaching.urls")),
]
