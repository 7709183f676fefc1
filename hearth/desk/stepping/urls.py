"""Addresses of asking for a step."""

from django.urls import path

from hearth.desk.stepping import views

urlpatterns = [
    path("cases/<str:reference>/step-up/", views.request_step_up, name="request_step_up"),
    path("cases/<str:reference>/step-down/", views.request_step_down, name="request_step_down"),
]
