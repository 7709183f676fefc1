"""Addresses of the front door."""

from django.urls import path

from hearth.casework.front_door.triage import views

urlpatterns = [
    path("requests/", views.requests, name="requests"),
    path("requests/known/", views.known_person, name="known_person"),
    path("requests/<reference>/triage/", views.triage_request, name="triage_request"),
    path("requests/<reference>/pause/", views.pause_request, name="pause_request"),
    path("requests/<reference>/resume/", views.resume_request, name="resume_request"),
    path("requests/<reference>/ask/", views.ask_referrer, name="ask_referrer"),
    path("requests/<reference>/note/", views.write_note, name="write_note"),
    path("requests/<reference>/match/", views.match_person, name="match_person"),
    path("requests/<reference>/told/", views.record_told, name="record_told"),
    path("requests/<reference>/letter/", views.print_letter, name="print_letter"),
    path("requests/<reference>/reopen/", views.reopen_decision, name="reopen_decision"),
    path("requests/<reference>/move/", views.move_request, name="move_request"),
]
