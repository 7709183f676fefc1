"""The desk's addresses."""

from django.urls import path

from hearth.desk import views

urlpatterns = [
    path("", views.home, name="home"),
    path("to-do/", views.to_do, name="to_do"),
    path("cases/", views.work, name="work"),
    path("team/", views.team_workload, name="team_workload"),
    path("team/download/", views.download_workload, name="download_workload"),
    path("families/<str:reference>/", views.family, name="family"),
    path("families/<str:reference>/chronology/", views.chronology, name="chronology"),
    path("families/<str:reference>/chronology/print/", views.print_chronology, name="print_chronology"),
]
