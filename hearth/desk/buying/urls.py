"""Addresses of what is bought from a plan."""

from django.urls import path

from hearth.desk.buying import views

urlpatterns = [
    path("plans/<str:reference>/purchases/", views.plan_purchases, name="plan_purchases"),
    path("plans/<str:reference>/purchases/ask/", views.ask_from_plan, name="ask_from_plan"),
]
