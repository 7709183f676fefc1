"""Addresses of families of concern."""

from django.urls import path

from hearth.desk.concerns import views

urlpatterns = [
    path("concerns/", views.families_of_concern, name="families_of_concern"),
    path("concerns/<str:reference>/", views.family_of_concern, name="family_of_concern"),
    path("concerns/<str:reference>/confirm/", views.confirm_flags, name="confirm_flags"),
    path("concerns/<str:reference>/dismiss/", views.dismiss_flags, name="dismiss_flags"),
    path("concerns/<str:reference>/offer-help/", views.offer_help, name="offer_help"),
    path("concerns/<str:reference>/told/", views.record_family_told, name="record_family_told"),
    path("concerns/<str:reference>/decisions/<int:number>/undo/", views.undo_flag_decision, name="undo_flag_decision"),
]
