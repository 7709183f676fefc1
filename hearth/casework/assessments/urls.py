"""Addresses of assessments: the one being worked on hangs from its case; each version has its own to be read at."""

from django.urls import include, path

from hearth.casework.assessments import views
from hearth.casework.assessments.stopping import views as stopping

urlpatterns = [
    path("cases/<reference>/assessment/", views.assessment, name="assessment"),
    path("cases/<reference>/assessment/start/", views.start_assessment, name="start_assessment"),
    path("cases/<reference>/assessment/write/<section>/", views.write_section, name="write_section"),
    path("cases/<reference>/assessment/write/<section>/<child>/", views.write_section, name="write_section"),
    path("cases/<reference>/assessment/writing/<section>/", views.who_is_writing, name="who_is_writing"),
    path("cases/<reference>/assessment/writing/<section>/<child>/", views.who_is_writing, name="who_is_writing"),
    path("cases/<reference>/assessment/send/", views.send_assessment, name="send_assessment"),
    path("cases/<reference>/assessment/take-back/", views.take_back_assessment, name="take_back_assessment"),
    path("cases/<reference>/assessment/stop/", stopping.stop_assessment, name="stop_assessment"),
    path("cases/<reference>/assessment/take-up/", stopping.take_up_assessment, name="take_up_assessment"),
    path("cases/<reference>/assessment/new-version/", views.start_new_version, name="start_new_version"),
    path("assessments/to-sign-off/", views.assessments_to_sign_off, name="assessments_to_sign_off"),
    path("assessments/<reference>/", views.read_assessment, name="read_assessment"),
    path("assessments/<str:reference>/documents/", include("hearth.casework.assessments.documents.urls")),
    path("assessments/<reference>/pdf/", views.download_assessment, name="download_assessment"),
    path("assessments/<reference>/changes/", views.assessment_changes, name="assessment_changes"),
    path("assessments/<reference>/history/<section>/", views.section_history, name="section_history"),
    path("assessments/<reference>/history/<section>/<child>/", views.section_history, name="section_history"),
    path("assessments/<reference>/return/", views.return_assessment, name="return_assessment"),
    path("assessments/<reference>/sign-off/", views.sign_off_assessment, name="sign_off_assessment"),
]
