"""Addresses of outcomes."""

from django.urls import path

from hearth.casework.plans.outcomes import views

urlpatterns = [
    path("add/", views.add_outcome, name="add_outcome"),
    path("<int:number>/", views.change_outcome, name="change_outcome"),
    path("<int:number>/end/", views.end_outcome, name="end_outcome"),
]
