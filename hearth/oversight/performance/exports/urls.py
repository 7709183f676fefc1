"""Addresses of exports."""

from django.urls import path

from hearth.oversight.performance.exports import views

urlpatterns = [
    path("exports/", views.exports, name="exports"),
    path("exports/ask/", views.ask_for_export, name="ask_for_export"),
    path("exports/<str:reference>/", views.export, name="export"),
    path("exports/<str:reference>/download/", views.download_export, name="download_export"),
    path("exports/<str:reference>/again/", views.make_export_again, name="make_export_again"),
    path("exports/<str:reference>/hand-over/", views.hand_over_export, name="hand_over_export"),
]
