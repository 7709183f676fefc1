"""Addresses of the ledger."""

from django.urls import path

from hearth.records.money import views
from hearth.records.money.budgets import views as budgets
from hearth.records.money.loading import views as loading
from hearth.records.money.purchases import views as purchases

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
    path("money/shares/<str:reference>/budget/", budgets.open_budget, name="open_budget"),
    path("money/budgets/", budgets.budgets, name="budgets"),
    path("money/budgets/download/", budgets.download_budgets, name="download_budgets"),
    path("money/budgets/<str:reference>/", budgets.budget, name="budget"),
    path("money/budgets/<str:reference>/change/", budgets.change_budget, name="change_budget"),
    path("money/budgets/<str:reference>/put-in/", budgets.delegate_money, name="delegate_money"),
    path("money/budgets/<str:reference>/take-back/", budgets.return_money, name="return_money"),
    path("money/budgets/<str:reference>/end/", budgets.end_budget, name="end_budget"),
    path("money/purchases/", purchases.purchases, name="purchases"),
    path("money/purchases/<str:reference>/", purchases.purchase, name="purchase"),
    path("money/purchases/<str:reference>/decide/", purchases.decide_purchase, name="decide_purchase"),
    path("money/purchases/<str:reference>/buy/", purchases.order_purchase, name="order_purchase"),
    path("money/purchases/<str:reference>/receive/", purchases.receive_purchase, name="receive_purchase"),
    path("money/purchases/<str:reference>/pay/", purchases.pay_purchase, name="pay_purchase"),
    path("money/purchases/<str:reference>/cancel/", purchases.cancel_purchase, name="cancel_purchase"),
]
