"""Addresses of the directory."""

from django.urls import include, path

urlpatterns = [
    path("", include("hearth.records.directory.api.urls")),
]
