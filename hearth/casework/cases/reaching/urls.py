"""Addresses of plans for reaching a family."""

from django.urls import path

from hearth.casework.cases.reaching import views

urlpatterns = [
    path("", views.reaching, name="reaching"),
    path("start/", views.start_reaching, name="start_reaching"),
    path("change/", views.change_reaching, name="change_reaching"),
    path("tries/plan/", views.plan_try, name="plan_try"),
    path("tries/<int:number>/", views.record_try, name="record_try"),
    path("tries/<int:number>/undo/", views.undo_try, name="undo_try"),
    path("end/", views.end_reaching, name="end_reaching"),
    path("agree/", views.agree_to_stop, name="agree_to_stop"),
]
