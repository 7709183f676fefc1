"""Addresses of who is who."""

from django.urls import path

from hearth.intelligence.matching import views
from hearth.intelligence.matching.review import views as review

urlpatterns = [
    path("matching/", views.who_is_who, name="who_is_who"),
    path("matching/start/", views.start_link_run, name="start_link_run"),
    path("matching/runs/<str:reference>/", views.link_run, name="link_run"),
    path("matching/runs/<str:reference>/cancel/", views.cancel_link_run, name="cancel_link_run"),
    path("matching/pairs/", review.match_pairs, name="match_pairs"),
    path("matching/pairs/next/", review.next_pair, name="next_pair"),
    path("matching/pairs/<str:reference>/", review.match_pair, name="match_pair"),
    path("matching/pairs/<str:reference>/decide/", review.decide_pair, name="decide_pair"),
    path("matching/pairs/<str:reference>/undo/", review.undo_decision, name="undo_decision"),
    path("matching/quality/", review.match_quality, name="match_quality"),
]
