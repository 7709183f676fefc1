"""Addresses of answers with what is bought."""

from django.urls import path

from hearth.desk.answering import views

urlpatterns = [
    path("unmet/themes/<str:reference>/answer/bought/", views.answer_with_intention, name="answer_with_intention"),
]
