"""Addresses of requests' documents. A document has one of its own: its readers need not be able to open the request."""

from django.urls import path

from hearth.casework.front_door.documents import views

urlpatterns = [
    path("requests/<reference>/documents/add/", views.add_request_document, name="add_request_document"),
    path(
        "requests/<reference>/documents/<document>/withdraw/",
        views.withdraw_request_document,
        name="withdraw_request_document",
    ),
    path("request-documents/<document>/", views.request_document, name="request_document"),
]
