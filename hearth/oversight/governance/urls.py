"""Addresses of retention."""

from django.urls import path

from hearth.oversight.governance import views

urlpatterns = [
    path("retention/", views.due_for_deletion, name="due_for_deletion"),
    path("retention/deleted/", views.deleted_records, name="deleted_records"),
    path("retention/births-unknown/", views.births_unknown, name="births_unknown"),
    path("retention/<str:reference>/", views.disposal, name="disposal"),
    path("retention/<str:reference>/delete/", views.delete_record, name="delete_record"),
    path("retention/<str:reference>/hold/", views.hold_record, name="hold_record"),
    path("retention/<str:reference>/hold/end/", views.end_hold, name="end_hold"),
]
