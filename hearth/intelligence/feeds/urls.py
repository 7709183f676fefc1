"""Addresses of feeds."""

from django.urls import path

from hearth.intelligence.feeds import views
from hearth.intelligence.feeds.api import views as api
from hearth.intelligence.feeds.tokens import views as tokens

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
    path("feeds/tokens/", tokens.feed_tokens, name="feed_tokens"),
    path("feeds/tokens/make/", tokens.make_feed_token, name="make_feed_token"),
    path("feeds/tokens/<str:reference>/withdraw/", tokens.withdraw_feed_token, name="withdraw_feed_token"),
    path("api/feeds/<slug:feed>/files/", api.send_feed_file, name="send_feed_file"),
    path("api/feeds/<slug:feed>/files/<str:file_name>", api.send_feed_file, name="send_feed_file"),
    path("api/feeds/<slug:feed>/loads/<str:reference>/", api.how_load_stands, name="how_load_stands"),
]
