"""Addresses of the risk log."""

from django.urls import path

from hearth.oversight.governance.risks import views
from hearth.oversight.governance.risks.meetings import views as meetings

urlpatterns = [
    path("risks/", views.risks, name="risks"),
    path("risks/matrix/", views.risk_matrix, name="risk_matrix"),
    path("risks/download/", views.download_risks, name="download_risks"),
    path("risks/log/", views.log_risk, name="log_risk"),
    path("risks/meetings/", meetings.risk_meetings, name="risk_meetings"),
    path("risks/meetings/start/", meetings.start_risk_meeting, name="start_risk_meeting"),
    path("risks/meetings/<str:reference>/", meetings.risk_meeting, name="risk_meeting"),
    path("risks/meetings/<str:reference>/attendance/", meetings.record_risk_attendance, name="record_risk_attendance"),
    path("risks/meetings/<str:reference>/end/", meetings.end_risk_meeting, name="end_risk_meeting"),
    path("risks/meetings/<str:reference>/<str:risk>/", meetings.review_risk, name="review_risk"),
    path("risks/points/<str:reference>/done/", views.finish_action_point, name="finish_action_point"),
    path("risks/<str:reference>/", views.risk, name="risk"),
    path("risks/<str:reference>/change/", views.change_risk, name="change_risk"),
    path("risks/<str:reference>/assess/", views.assess_risk, name="assess_risk"),
    path("risks/<str:reference>/points/add/", views.add_action_point, name="add_action_point"),
    path("risks/<str:reference>/escalate/", views.escalate_risk, name="escalate_risk"),
    path("risks/<str:reference>/answer/", views.answer_escalation, name="answer_escalation"),
    path("risks/<str:reference>/close/", views.close_risk, name="close_risk"),
]
