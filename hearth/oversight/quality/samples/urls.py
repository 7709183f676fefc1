"""Addresses of samples, under audits/samples/."""

from django.urls import path

from hearth.oversight.quality.samples import views

urlpatterns = [
    path("draw/", views.draw_audit_sample, name="draw_audit_sample"),
    path("download/", views.download_audit_sample, name="download_audit_sample"),
    path("<str:reference>/", views.audit_sample, name="audit_sample"),
    path("<str:reference>/share-out/", views.share_out_sample, name="share_out_sample"),
    path("<str:reference>/draw-again/", views.draw_re_audit, name="draw_re_audit"),
]
