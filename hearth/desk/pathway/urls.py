"""Addresses of a child's pathway, and of missed opportunities."""

from django.urls import path

from hearth.desk.pathway import views

urlpatterns = [
    path("families/<str:reference>/pathway/", views.family_pathway, name="family_pathway"),
    path("counts/missed-opportunities/", views.missed_opportunities, name="missed_opportunities"),
    path(
        "counts/missed-opportunities/download/",
        views.download_missed_opportunities,
        name="download_missed_opportunities",
    ),
    path("counts/missed-opportunities/opened/", views.opened_opportunities, name="opened_opportunities"),
]
