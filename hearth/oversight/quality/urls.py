"""Addresses of audits."""

from django.urls import include, path

from hearth.oversight.quality import views

urlpatterns = [
    path("audits/", views.audits, name="audits"),
    path("audits/samples/", include("hearth.oversight.quality.samples.urls")),
    path("audits/findings/", include("hearth.oversight.quality.training.urls")),
    path("audits/tools/<str:code>/<int:version>/", views.audit_tool, name="audit_tool"),
    path("audits/<str:reference>/", views.audit, name="audit"),
    path("audits/<str:reference>/begin/", views.begin_audit, name="begin_audit"),
    path("audits/<str:reference>/parts/<str:part>/", views.grade_part, name="grade_part"),
    path("audits/<str:reference>/hand-in/", views.finish_audit, name="finish_audit"),
    path("audits/<str:reference>/auditors/<int:place>/", views.change_auditor, name="change_auditor"),
    path("audits/<str:reference>/leave-out/", views.leave_out_audit, name="leave_out_audit"),
    path("audits/<str:reference>/moderate/", views.moderate_audit, name="moderate_audit"),
    path("audits/<str:reference>/send/", views.send_findings, name="send_findings"),
    path("audits/<str:reference>/reply/", views.reply_to_findings, name="reply_to_findings"),
    path("audits/<str:reference>/actions/", views.add_audit_action, name="add_audit_action"),
    path("audits/<str:reference>/actions/<int:number>/done/", views.finish_audit_action, name="finish_audit_action"),
]
