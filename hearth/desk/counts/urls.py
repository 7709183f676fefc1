"""The address of the counts."""

from django.urls import path

from hearth.desk.counts import views

urlpatterns = [path("counts/", views.counts, name="counts")]
