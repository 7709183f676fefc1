"""Addresses of needs and intentions."""

from django.urls import path

from hearth.commissioning.needs import views

urlpatterns = [
    path("needs/", views.needs_by_area, name="needs_by_area"),
    path("needs/download/", views.download_needs, name="download_needs"),
    path("needs/intentions/", views.intentions, name="intentions"),
    path("needs/intentions/draft/", views.draft_intention, name="draft_intention"),
    path("needs/intentions/<str:reference>/", views.intention, name="intention"),
    path("needs/intentions/<str:reference>/change/", views.change_intention, name="change_intention"),
    path("needs/intentions/<str:reference>/evidence/", views.cite_evidence, name="cite_evidence"),
    path("needs/intentions/<str:reference>/move/", views.move_intention, name="move_intention"),
]
