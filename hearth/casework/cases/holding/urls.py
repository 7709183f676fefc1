"""Address of the page that gives a case to a team."""

from django.urls import path

from hearth.casework.cases.holding import views

urlpatterns = [path("", views.give_to_team, name="give_to_team")]
