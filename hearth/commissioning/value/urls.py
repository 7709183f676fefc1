"""Addresses of the room."""

from django.urls import path

from hearth.commissioning.value import views
from hearth.commissioning.value.investing import views as investing

urlpatterns = [
    path("value/", views.social_returns, name="social_returns"),
    path("value/download/", views.download_value, name="download_value"),
    path("value/rests-on/", views.value_tables, name="value_tables"),
    path("value/rests-on/load/", views.load_price_index, name="load_price_index"),
    path("value/add/", views.add_valuation, name="add_valuation"),
    path("value/investments/", investing.investments, name="investments"),
    path("value/investments/add/", investing.add_investment, name="add_investment"),
    path("value/investments/essex/", investing.essex_bond, name="essex_bond"),
    path("value/investments/<str:reference>/", investing.investment, name="investment"),
    path("value/investments/<str:reference>/change/", investing.change_investment, name="change_investment"),
    path("value/investments/<str:reference>/care-days/", investing.record_care_days, name="record_care_days"),
    path(
        "value/investments/<str:reference>/care-days/<str:quarter>/",
        investing.record_counted_days,
        name="record_counted_days",
    ),
    path("value/care-days/<str:reference>/withdraw/", investing.withdraw_care_days, name="withdraw_care_days"),
    path("value/outcomes/<str:reference>/change/", views.change_valued_outcome, name="change_valued_outcome"),
    path("value/outcomes/<str:reference>/withdraw/", views.withdraw_valued_outcome, name="withdraw_valued_outcome"),
    path("value/outcomes/<str:reference>/assumes/<str:what>/", views.change_assumption, name="change_assumption"),
    path("value/valuations/<str:reference>/", views.valuation, name="valuation"),
    path("value/valuations/<str:reference>/change/", views.change_valuation, name="change_valuation"),
    path("value/valuations/<str:reference>/outcome/", views.add_valued_outcome, name="add_valued_outcome"),
]
