"""Addresses of imports."""

from django.urls import path

from hearth.desk.imports import views

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/new/", views.import_workbook, name="import_workbook"),
    path("imports/<str:reference>/", views.import_account, name="import_account"),
]
