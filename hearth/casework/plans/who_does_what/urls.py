"""Addresses of actions."""

from django.urls import path

from hearth.casework.plans.who_does_what import views

urlpatterns = [
    path("add/", views.add_action, name="add_action"),
    path("<int:number>/", views.change_action, name="change_action"),
    path("<int:number>/done/", views.finish_action, name="finish_action"),
    path("<int:number>/undo/", views.undo_action, name="undo_action"),
]
