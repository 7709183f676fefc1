"""Addresses of tenders."""

from django.urls import path

from hearth.commissioning.procurement import views
from hearth.commissioning.procurement.awards import views as awards
from hearth.commissioning.procurement.bids import views as bids
from hearth.commissioning.procurement.scoring import views as scoring
from hearth.commissioning.procurement.telling import views as telling

urlpatterns = [
    path("tenders/", views.tenders, name="tenders"),
    path("tenders/write/", views.write_tender, name="write_tender"),
    path("tenders/follow/", telling.follow_calls, name="follow_calls"),
    path("tenders/stop-following/", telling.stop_following, name="stop_following"),
    path("tenders/download/", scoring.download_scores, name="download_scores"),
    path("tenders/questions/<str:reference>/answer/", views.answer_supplier, name="answer_supplier"),
    path("tenders/bids/<str:reference>/", scoring.opened_bid, name="opened_bid"),
    path("tenders/bids/<str:reference>/files/<int:number>/", scoring.opened_bid_file, name="opened_bid_file"),
    path("tenders/bids/<str:reference>/score/", scoring.score_bid, name="score_bid"),
    path("tenders/bids/<str:reference>/agree/", scoring.agree_scores, name="agree_scores"),
    path("tenders/<str:reference>/", views.tender, name="tender"),
    path("tenders/<str:reference>/change/", views.change_tender, name="change_tender"),
    path("tenders/<str:reference>/lots/add/", views.add_lot, name="add_lot"),
    path("tenders/<str:reference>/shares/add/", views.add_joint_commissioner, name="add_joint_commissioner"),
    path("tenders/<str:reference>/criteria/add/", views.add_criterion, name="add_criterion"),
    path("tenders/<str:reference>/files/add/", views.add_call_file, name="add_call_file"),
    path("tenders/<str:reference>/take-out/", views.take_out, name="take_out"),
    path("tenders/<str:reference>/keyholders/", views.name_keyholders, name="name_keyholders"),
    path("tenders/<str:reference>/passphrase/", views.set_passphrase, name="set_passphrase"),
    path("tenders/<str:reference>/publish/", views.publish_tender, name="publish_tender"),
    path("tenders/<str:reference>/withdraw/", views.withdraw_tender, name="withdraw_tender"),
    path("tenders/<str:reference>/clarify/", views.clarify_call, name="clarify_call"),
    path("tenders/<str:reference>/ask/", views.ask_about_call, name="ask_about_call"),
    path("tenders/<str:reference>/lots/<int:number>/bid/", bids.send_bid, name="send_bid"),
    path("tenders/<str:reference>/lots/<int:number>/bid/withdraw/", bids.withdraw_bid, name="withdraw_bid"),
    path("tenders/<str:reference>/open/", bids.open_bids, name="open_bids"),
    path("tenders/<str:reference>/scorers/add/", scoring.name_scorer, name="name_scorer"),
    path("tenders/<str:reference>/interests/", scoring.declare_conflict, name="declare_conflict"),
    path("tenders/<str:reference>/compare/", scoring.close_scoring, name="close_scoring"),
    path("tenders/<str:reference>/lots/<int:number>/award/", awards.award_lot, name="award_lot"),
    path("tenders/<str:reference>/lots/<int:number>/award/publish/", awards.publish_award, name="publish_award"),
]
