"""Addresses of findings, under audits/findings/."""

from django.urls import path

from hearth.oversight.quality.training import views

urlpatterns = [
    path("", views.audit_findings, name="audit_findings"),
    path("download/", views.download_audit_findings, name="download_audit_findings"),
    path("needs/raise/", views.raise_training_need, name="raise_training_need"),
    path("needs/<str:reference>/met/", views.meet_training_need, name="meet_training_need"),
]
