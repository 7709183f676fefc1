"""Addresses of requests."""

from django.urls import include, path

from hearth.casework.front_door import views

urlpatterns = [
    path("", include("hearth.casework.front_door.triage.urls")),
    path("", include("hearth.casework.front_door.documents.urls")),
    path("", include("hearth.casework.front_door.passing.urls")),
    path("requests/ask/", views.ask_for_help, name="ask_for_help"),
    path("requests/telephone/", views.note_telephone_request, name="note_telephone_request"),
    path("requests/hand-down/", views.hand_down_request, name="hand_down_request"),
    path("requests/mine/", views.my_requests, name="my_requests"),
    path("requests/organisation/", views.organisation_requests, name="organisation_requests"),
    path("requests/<reference>/", views.view_request, name="view_request"),
    path("requests/<reference>/ring-now/", views.ring_now, name="ring_now"),
    path("requests/<reference>/write/", views.write_request, name="write_request"),
    path("requests/<reference>/sent/", views.request_sent, name="request_sent"),
    path("requests/<reference>/print/", views.print_request, name="print_request"),
    path("requests/<reference>/answer/", views.answer_front_door, name="answer_front_door"),
    path("requests/<reference>/withdraw/", views.withdraw_request, name="withdraw_request"),
    path("requests/<reference>/discard/", views.discard_request, name="discard_request"),
]
