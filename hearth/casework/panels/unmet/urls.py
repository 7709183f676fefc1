"""Addresses of unmet needs and their themes."""

from django.urls import path

from hearth.casework.panels.unmet import views
from hearth.casework.panels.unmet.themes import views as themes

urlpatterns = [
    path("cases/<str:reference>/unmet/record/", views.record_unmet_need, name="record_unmet_need"),
    path("requests/<reference>/unmet/record/", views.record_request_unmet_need, name="record_request_unmet_need"),
    path("unmet/", views.unmet_needs, name="unmet_needs"),
    path("unmet/download/", views.download_unmet_needs, name="download_unmet_needs"),
    path("unmet/opened/", views.counted_needs, name="counted_needs"),
    path("unmet/themes/", themes.unmet_themes, name="unmet_themes"),
    path("unmet/themes/start/", themes.start_theme, name="start_theme"),
    path("unmet/themes/<str:reference>/", themes.unmet_theme, name="unmet_theme"),
    path("unmet/themes/<str:reference>/describe/", themes.describe_theme, name="describe_theme"),
    path("unmet/themes/<str:reference>/gather/", themes.gather_needs, name="gather_needs"),
    path("unmet/themes/<str:reference>/progress/", themes.note_theme_progress, name="note_theme_progress"),
    path("unmet/themes/<str:reference>/actions/add/", themes.add_theme_action, name="add_theme_action"),
    path("unmet/themes/<str:reference>/actions/<int:number>/", themes.change_theme_action, name="change_theme_action"),
    path("unmet/themes/<str:reference>/escalate/", themes.escalate_theme, name="escalate_theme"),
    path("unmet/themes/<str:reference>/answer/", themes.answer_theme, name="answer_theme"),
    path("unmet/themes/<str:reference>/resume/", themes.resume_theme, name="resume_theme"),
    path("unmet/themes/<str:reference>/close/", themes.close_theme, name="close_theme"),
    path("unmet/<str:reference>/", views.unmet_need, name="unmet_need"),
    path("unmet/<str:reference>/withdraw/", views.withdraw_unmet_need, name="withdraw_unmet_need"),
    path("unmet/<str:reference>/read/", views.read_unmet_answer, name="read_unmet_answer"),
    path("unmet/<str:reference>/take-out/", themes.take_out_need, name="take_out_need"),
]
