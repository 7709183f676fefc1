"""Addresses of what waits for the panel."""

from django.urls import path

from hearth.desk.panel import views

urlpatterns = [
    path("panel/", views.waiting_for_panel, name="waiting_for_panel"),
    path("cases/<str:reference>/panel/", views.record_panel, name="record_panel"),
]
