"""Addresses of a child's pathway."""

from django.urls import path

from hearth.desk.pathway import views

urlpatterns = [
    path("families/<str:reference>/pathway/", views.family_pathway, name="family_pathway"),
]
