"""Addresses of notes."""

from django.urls import path

from hearth.casework.cases.notes import views

urlpatterns = [
    path("cases/<str:reference>/notes/", views.notes, name="notes"),
    path("cases/<str:reference>/notes/print/", views.print_notes, name="print_notes"),
    path("cases/<str:reference>/notes/add/", views.add_note, name="add_note"),
    path("cases/<str:reference>/notes/add/<slug:kind>/", views.add_note, name="add_note"),
    path("notes/<str:reference>/", views.note, name="note"),
    path("notes/<str:reference>/correct/", views.correct_note, name="correct_note"),
]
