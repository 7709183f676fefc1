"""Addresses of the directory."""

from django.urls import include, path

from hearth.records.directory import views
from hearth.records.directory.changes import views as changes
from hearth.records.directory.reading import views as reading

urlpatterns = [
    path("directory/", views.directory, name="directory"),
    path("directory/add/", views.add_service, name="add_service"),
    path("directory/organisations/add/", views.list_organisation, name="list_organisation"),
    path("directory/organisations/", views.listed_organisations, name="listed_organisations"),
    path("directory/organisations/<uuid:key>/", views.change_organisation, name="change_organisation"),
    path("directory/changes/", changes.service_changes, name="service_changes"),
    path("directory/changes/<str:reference>/", changes.service_change, name="service_change"),
    path("directory/changes/<str:reference>/approve/", changes.approve_service_change, name="approve_service_change"),
    path("directory/changes/<str:reference>/decline/", changes.decline_service_change, name="decline_service_change"),
    path(
        "directory/changes/<str:reference>/take-back/",
        changes.take_back_service_change,
        name="take_back_service_change",
    ),
    path("directory/services/<str:reference>/", views.service_entry, name="service_entry"),
    path("directory/services/<str:reference>/change/", views.change_service, name="change_service"),
    path("directory/services/<str:reference>/confirm/", views.confirm_service, name="confirm_service"),
    path("directory/services/<str:reference>/places/", views.say_places, name="say_places"),
    path("directory/readings/", reading.directory_runs, name="directory_runs"),
    path("directory/readings/start/", reading.start_directory_run, name="start_directory_run"),
    path("directory/readings/<str:reference>/", reading.directory_run, name="directory_run"),
    path("", include("hearth.records.directory.api.urls")),
]
