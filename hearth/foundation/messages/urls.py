"""Addresses of the outbox."""

from django.urls import path

from hearth.foundation.messages import views

urlpatterns = [
    path("messages/", views.messages_sent, name="messages_sent"),
    path("messages/<uuid:message>/again/", views.send_message_again, name="send_message_again"),
]
