"""Addresses of panels."""

from django.urls import path

from hearth.casework.panels import views

urlpatterns = [
    path("panels/", views.panels, name="panels"),
    path("panels/add/", views.add_panel, name="add_panel"),
    path("panels/calendar/<str:key>/meetings.ics", views.panel_calendar, name="panel_calendar"),
    path("panels/<str:reference>/", views.panel, name="panel"),
    path("panels/<str:reference>/end/", views.end_panel, name="end_panel"),
    path("panels/<str:reference>/members/add/", views.add_panel_member, name="add_panel_member"),
    path("panels/<str:reference>/members/<str:person>/", views.change_panel_member, name="change_panel_member"),
    path("panels/<str:reference>/members/<str:person>/end/", views.end_panel_member, name="end_panel_member"),
    path("panels/<str:reference>/meetings/plan/", views.plan_panel_meetings, name="plan_panel_meetings"),
    path("panel-meetings/<str:reference>/move/", views.move_panel_meeting, name="move_panel_meeting"),
    path("panel-meetings/<str:reference>/cancel/", views.cancel_panel_meeting, name="cancel_panel_meeting"),
]
