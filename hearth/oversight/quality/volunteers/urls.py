"""Addresses of volunteers."""

from django.urls import include, path

from hearth.oversight.quality.volunteers import views

urlpatterns = [
    path("", include("hearth.oversight.quality.volunteers.helping.urls")),
    path("volunteers/", views.volunteers, name="volunteers"),
    path("volunteers/recruit/", views.recruit_volunteer, name="recruit_volunteer"),
    path("volunteers/<str:reference>/", views.volunteer, name="volunteer"),
    path("volunteers/<str:reference>/change/", views.change_volunteer, name="change_volunteer"),
    path("volunteers/<str:reference>/references/", views.ask_for_reference, name="ask_for_reference"),
    path("volunteers/<str:reference>/references/<int:number>/", views.note_reference, name="note_reference"),
    path("volunteers/<str:reference>/checks/", views.note_check, name="note_check"),
    path("volunteers/<str:reference>/training/", views.note_volunteer_training, name="note_volunteer_training"),
    path("volunteers/<str:reference>/interviews/", views.note_interview, name="note_interview"),
    path("volunteers/<str:reference>/approve/", views.approve_volunteer, name="approve_volunteer"),
    path("volunteers/<str:reference>/end/", views.end_volunteer, name="end_volunteer"),
]
