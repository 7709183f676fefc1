"""Addresses of what members asked for."""

from django.urls import path

from hearth.oversight.governance.member_requests import views

urlpatterns = [
    path("members/", views.member_requests, name="member_requests"),
    path("members/download/", views.download_member_requests, name="download_member_requests"),
    path("members/note/", views.note_member_request, name="note_member_request"),
    path("members/<str:reference>/", views.member_request, name="member_request"),
    path("members/<str:reference>/change/", views.change_member_request, name="change_member_request"),
    path("members/<str:reference>/answer/", views.write_member_answer, name="write_member_answer"),
    path("members/<str:reference>/approve/", views.decide_member_answer, name="decide_member_answer"),
    path("members/<str:reference>/send/", views.send_member_answer, name="send_member_answer"),
    path("members/<str:reference>/close/", views.close_member_request, name="close_member_request"),
    path("members/<str:reference>/withdraw/", views.withdraw_member_request, name="withdraw_member_request"),
]
