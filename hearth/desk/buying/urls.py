"""Addresses of what is bought from a plan, and where a panel decided it."""

from django.urls import path

from hearth.desk.buying import views

urlpatterns = [
    path("plans/<str:reference>/purchases/", views.plan_purchases, name="plan_purchases"),
    path("plans/<str:reference>/purchases/ask/", views.ask_from_plan, name="ask_from_plan"),
    path("panel-items/<str:reference>/purchases/ask/", views.ask_from_panel, name="ask_from_panel"),
]
