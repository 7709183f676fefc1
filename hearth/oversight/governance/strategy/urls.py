"""Addresses of strategies."""

from django.urls import path

from hearth.oversight.governance.strategy import views

urlpatterns = [
    path("strategies/", views.strategies, name="strategies"),
    path("strategies/start/", views.start_strategy, name="start_strategy"),
    path("strategies/priorities/<str:reference>/actions/add/", views.add_strategy_action, name="add_strategy_action"),
    path("strategies/actions/<str:reference>/", views.strategy_action, name="strategy_action"),
    path("strategies/actions/<str:reference>/change/", views.change_strategy_action, name="change_strategy_action"),
    path("strategies/actions/<str:reference>/progress/", views.note_strategy_progress, name="note_strategy_progress"),
    path("strategies/actions/<str:reference>/evidence/", views.add_strategy_evidence, name="add_strategy_evidence"),
    path("strategies/reports/<str:reference>/", views.strategy_report, name="strategy_report"),
    path("strategies/<str:reference>/", views.strategy, name="strategy"),
    path("strategies/<str:reference>/change/", views.change_strategy, name="change_strategy"),
    path("strategies/<str:reference>/priorities/add/", views.add_priority, name="add_priority"),
    path("strategies/<str:reference>/report/", views.report_to_board, name="report_to_board"),
]
