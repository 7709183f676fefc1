"""Addresses of a plan's documents."""

from django.urls import path

from hearth.casework.plans.documents import views

urlpatterns = [
    path("add/", views.add_plan_document, name="add_plan_document"),
    path("<str:document>/", views.plan_document, name="plan_document"),
    path("<str:document>/withdraw/", views.withdraw_plan_document, name="withdraw_plan_document"),
]
