"""Addresses of grants and of outside bids."""

from django.urls import path

from hearth.commissioning.procurement.grants import views
from hearth.commissioning.procurement.grants.bids import views as bids

urlpatterns = [
    path("grants/", views.grant_rounds, name="grant_rounds"),
    path("grants/download/", views.download_grants, name="download_grants"),
    path("grants/rounds/open/", views.open_grant_round, name="open_grant_round"),
    path("grants/rounds/<str:reference>/", views.grant_round, name="grant_round"),
    path("grants/rounds/<str:reference>/end/", views.end_grant_round, name="end_grant_round"),
    path("grants/rounds/<str:reference>/interest/", views.declare_grant_interest, name="declare_grant_interest"),
    path("grants/rounds/<str:reference>/apply/", views.apply_for_grant, name="apply_for_grant"),
    path("grants/applications/<str:reference>/", views.grant_application, name="grant_application"),
    path("grants/applications/<str:reference>/decide/", views.decide_grant, name="decide_grant"),
    path("grants/applications/<str:reference>/pay/", views.pay_grant, name="pay_grant"),
    path("grants/applications/<str:reference>/withdraw/", views.withdraw_grant, name="withdraw_grant"),
    path("outside-bids/", bids.outside_bids, name="outside_bids"),
    path("outside-bids/tell/", bids.tell_of_bid, name="tell_of_bid"),
    path("outside-bids/<str:reference>/", bids.outside_bid, name="outside_bid"),
    path("outside-bids/<str:reference>/review/", bids.review_bid, name="review_bid"),
    path("outside-bids/<str:reference>/withdraw/", bids.withdraw_outside_bid, name="withdraw_outside_bid"),
]
