"""Addresses of the ledger."""

from django.urls import path

from hearth.records.money import views
from hearth.records.money.loading import views as loading

urlpatterns = [
    path("money/", views.ledger, name="ledger"),
    path("money/download/", views.download_ledger, name="download_ledger"),
    path("money/load/", loading.load_ledger, name="load_ledger"),
    path("money/load/example/", loading.example_ledger, name="example_ledger"),
    path("money/sources/add/", views.add_fund, name="add_fund"),
    path("money/sources/<str:reference>/", views.fund, name="fund"),
    path("money/sources/<str:reference>/receive/", views.receive_money, name="receive_money"),
    path("money/sources/<str:reference>/elsewhere/", views.pass_elsewhere, name="pass_elsewhere"),
    path("money/sources/<str:reference>/allocate/", views.allocate_money, name="allocate_money"),
    path("money/shares/<str:reference>/", views.money_share, name="money_share"),
    path("money/shares/<str:reference>/commit/", views.commit_money, name="commit_money"),
    path("money/entries/<str:reference>/", views.ledger_entry, name="ledger_entry"),
    path("money/entries/<str:reference>/pay/", views.pay_money, name="pay_money"),
    path("money/entries/<str:reference>/release/", views.release_money, name="release_money"),
    path("money/entries/<str:reference>/recover/", views.recover_money, name="recover_money"),
    path("money/entries/<str:reference>/reverse/", views.reverse_entry, name="reverse_entry"),
]
