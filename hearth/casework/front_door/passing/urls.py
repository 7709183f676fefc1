"""Addresses of what is passed on."""

from django.urls import path

from hearth.casework.front_door.passing import views

urlpatterns = [
    path("requests/passed/", views.passed_requests, name="passed_requests"),
    path("requests/<reference>/pass-on/", views.pass_on_request, name="pass_on_request"),
    path("requests/<reference>/will-you-help/", views.answer_passed_request, name="answer_passed_request"),
]
