"""Addresses of universal activity."""

from django.urls import path

from hearth.casework.universal import views

urlpatterns = [
    path("universal/", views.universal, name="universal"),
    path("universal/record/", views.record_universal_activity, name="record_universal_activity"),
    path("universal/download/", views.download_universal, name="download_universal"),
    path("universal/<str:reference>/", views.universal_activity, name="universal_activity"),
    path("universal/<str:reference>/correct/", views.correct_universal_activity, name="correct_universal_activity"),
    path("universal/<str:reference>/withdraw/", views.withdraw_universal_activity, name="withdraw_universal_activity"),
]
