"""Addresses of touchpoints that are recorded by hand."""

from django.urls import path

from hearth.intelligence.insight.touchpoints.recording import views

urlpatterns = [
    path(
        "families/<str:reference>/pathway/<str:child>/<slug:touchpoint>/record/",
        views.record_touchpoint,
        name="record_touchpoint",
    ),
    path(
        "families/<str:reference>/pathway/recorded/<str:recorded>/take-back/",
        views.withdraw_touchpoint,
        name="withdraw_touchpoint",
    ),
]
