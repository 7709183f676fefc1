"""Addresses of the pathways."""

from django.urls import path

from hearth.doorstep.pathways import views

urlpatterns = [
    path("pathways/", views.pathways, name="pathways"),
    path("pathways/<slug:code>/", views.pathway, name="pathway"),
]
