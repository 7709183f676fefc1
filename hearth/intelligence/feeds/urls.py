"""Addresses of feeds."""

from django.urls import path

from hearth.intelligence.feeds import views

urlpatterns = [
    path("feeds/", views.feeds, name="feeds"),
    path("feeds/loads/", views.feed_loads, name="feed_loads"),
    path("feeds/decisions/", views.feed_decisions, name="feed_decisions"),
    path("feeds/send/", views.send_file, name="send_file"),
    path("feeds/loads/<str:reference>/", views.feed_load, name="feed_load"),
    path("feeds/loads/<str:reference>/commit/", views.commit_load, name="commit_load"),
    path("feeds/loads/<str:reference>/cancel/", views.cancel_load, name="cancel_load"),
    path("feeds/loads/<str:reference>/take-back/", views.reverse_load, name="reverse_load"),
    path("feeds/loads/<str:reference>/rows/<int:number>/", views.fix_row, name="fix_row"),
    path("feeds/loads/<str:reference>/rows/<int:number>/leave-out/", views.waive_row, name="waive_row"),
    path("feeds/loads/<str:reference>/leave-out/", views.waive_rows, name="waive_rows"),
]
