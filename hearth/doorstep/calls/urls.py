"""Addresses of open calls."""

from django.urls import path

from hearth.doorstep.calls import views

urlpatterns = [
    path("calls/", views.open_calls, name="open_calls"),
    path("calls/<str:reference>/", views.open_call, name="open_call"),
    path("calls/<str:reference>/files/<int:number>/", views.call_file, name="call_file"),
]
