"""Addresses of steps."""

from django.urls import path

from hearth.casework.cases.steps import views

urlpatterns = [
    path("step-ups/", views.step_ups, name="step_ups"),
    path("step-downs/", views.step_downs, name="step_downs"),
    path("steps/<str:reference>/", views.step, name="step"),
    path("steps/<str:reference>/pack/", views.step_pack, name="step_pack"),
    path("steps/<str:reference>/pack/<int:number>/file/", views.step_file, name="step_file"),
    path("steps/<str:reference>/pack/received/", views.acknowledge_pack, name="acknowledge_pack"),
    path("steps/<str:reference>/answer/read/", views.read_step_answer, name="read_step_answer"),
    path("steps/<str:reference>/up/accept/", views.accept_step_up, name="accept_step_up"),
    path("steps/<str:reference>/up/decline/", views.decline_step_up, name="decline_step_up"),
    path("steps/<str:reference>/down/accept/", views.accept_step_down, name="accept_step_down"),
    path("steps/<str:reference>/down/decline/", views.decline_step_down, name="decline_step_down"),
    path("steps/<str:reference>/withdraw/", views.withdraw_step, name="withdraw_step"),
]
