"""Addresses of meetings."""

from django.urls import path

from hearth.casework.plans.meetings import views

urlpatterns = [
    path("", views.meetings, name="meetings"),
    path("plan/", views.plan_meeting, name="plan_meeting"),
    path("<int:number>/", views.meeting, name="meeting"),
    path("<int:number>/change/", views.change_meeting, name="change_meeting"),
    path("<int:number>/minutes/", views.record_meeting, name="record_meeting"),
    path("<int:number>/cancel/", views.cancel_meeting, name="cancel_meeting"),
]
