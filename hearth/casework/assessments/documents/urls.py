"""Addresses of an assessment’s documents."""

from django.urls import path

from hearth.casework.assessments.documents import views

urlpatterns = [
    path("add/", views.add_assessment_document, name="add_assessment_document"),
    path("<str:document>/", views.assessment_document, name="assessment_document"),
    path("<str:document>/withdraw/", views.withdraw_assessment_document, name="withdraw_assessment_document"),
]
