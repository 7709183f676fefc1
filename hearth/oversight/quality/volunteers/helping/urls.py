"""Addresses of help by volunteers."""

from django.urls import path

from hearth.oversight.quality.volunteers.helping import views

ASKED, MATCH = "volunteers/requests/<str:reference>", "volunteers/matches/<str:reference>"
urlpatterns = [
    path("cases/<str:reference>/volunteer/", views.ask_for_volunteer, name="ask_for_volunteer"),
    path("volunteers/hours/", views.volunteer_hours, name="volunteer_hours"),
    path("volunteers/hours/download/", views.download_volunteer_hours, name="download_volunteer_hours"),
    path(f"{ASKED}/", views.volunteer_request, name="volunteer_request"),
    path(f"{ASKED}/withdraw/", views.withdraw_volunteer_request, name="withdraw_volunteer_request"),
    path(f"{ASKED}/choose/<str:volunteer>/", views.choose_volunteer, name="choose_volunteer"),
    path(f"{MATCH}/", views.volunteer_match, name="volunteer_match"),
    path(f"{MATCH}/answer/", views.note_family_answer, name="note_family_answer"),
    path(f"{MATCH}/visits/", views.log_visit, name="log_visit"),
    path(f"{MATCH}/visits/<int:number>/take-back/", views.take_back_visit, name="take_back_visit"),
    path(f"{MATCH}/review/", views.review_help, name="review_help"),
    path(f"{MATCH}/end/", views.end_help, name="end_help"),
    path(f"{MATCH}/sheet/", views.volunteer_sheet, name="volunteer_sheet"),
]
