"""Addresses of the finder."""

from django.urls import path

from hearth.doorstep.finding import views

urlpatterns = [
    path("find-help/", views.find_help, name="find_help"),
    path("find-help/list/", views.find_help_list, name="find_help_list"),
    path("find-help/<str:reference>/", views.find_help_service, name="find_help_service"),
]
