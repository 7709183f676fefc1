"""Addresses of an audit's samples, under claims/samples/."""

from django.urls import path

from hearth.oversight.programmes.samples import views

urlpatterns = [
    path("", views.claim_samples, name="claim_samples"),
    path("draw/", views.draw_sample, name="draw_sample"),
    path("<str:reference>/", views.claim_sample, name="claim_sample"),
    path("<str:reference>/<int:number>/finding/", views.note_finding, name="note_finding"),
]
