"""The doorstep's addresses."""

from django.urls import path

from hearth.doorstep import views

urlpatterns = [
    path("ask-for-help/", views.ask_as_family, name="ask_as_family"),
    path("ask-for-help/ring-now/", views.family_ring_now, name="family_ring_now"),
    path("ask-for-help/write/", views.write_family_request, name="write_family_request"),
    path("ask-for-help/sent/", views.family_request_sent, name="family_request_sent"),
]
