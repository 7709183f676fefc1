"""Addresses of reviews."""

from django.urls import path

from hearth.casework.plans.reviews import views

urlpatterns = [
    path("", views.reviews, name="reviews"),
    path("record/", views.record_review, name="record_review"),
    path("<int:number>/", views.review, name="review"),
    path("<int:number>/correct/", views.correct_review, name="correct_review"),
]
