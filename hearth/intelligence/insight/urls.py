"""Addresses about the rules. They stand before those of single families of concern."""

from django.urls import include, path

from hearth.intelligence.insight import views

urlpatterns = [
    path("", include("hearth.intelligence.insight.touchpoints.recording.urls")),
    path("concerns/rules/", views.rules_of_concern, name="rules_of_concern"),
    path("concerns/map/", views.map_of_need, name="map_of_need"),
    path("concerns/runs/", views.insight_runs, name="insight_runs"),
    path("concerns/runs/start/", views.start_run, name="start_run"),
    path("concerns/runs/<str:reference>/", views.insight_run, name="insight_run"),
    path("concerns/runs/<str:reference>/cancel/", views.cancel_run, name="cancel_run"),
]
