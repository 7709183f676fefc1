"""Addresses of deciding."""

from django.urls import path

from hearth.desk.deciding import views

urlpatterns = [path("requests/<reference>/decide/", views.decide_request, name="decide_request")]
