"""Addresses of panels."""

from django.urls import path

from hearth.casework.panels import views
from hearth.casework.panels.after import views as after
from hearth.casework.panels.items import views as items
from hearth.casework.panels.items.themes import views as themes
from hearth.casework.panels.meetings import views as meetings
from hearth.casework.panels.questions import views as questions
from hearth.casework.panels.running import views as running

urlpatterns = [
    path("panels/", views.panels, name="panels"),
    path("panels/add/", views.add_panel, name="add_panel"),
    path("panels/calendar/<str:key>/meetings.ics", views.panel_calendar, name="panel_calendar"),
    path("panels/<str:reference>/", views.panel, name="panel"),
    path("panels/<str:reference>/end/", views.end_panel, name="end_panel"),
    path("panels/<str:reference>/members/add/", views.add_panel_member, name="add_panel_member"),
    path("panels/<str:reference>/members/<str:person>/", views.change_panel_member, name="change_panel_member"),
    path("panels/<str:reference>/members/<str:person>/end/", views.end_panel_member, name="end_panel_member"),
    path("panels/<str:reference>/themes/bring/", themes.bring_theme, name="bring_theme"),
    path("panels/<str:reference>/meetings/plan/", views.plan_panel_meetings, name="plan_panel_meetings"),
    path("panels/<str:reference>/meetings/add/", views.add_panel_meeting, name="add_panel_meeting"),
    path("panel-meetings/<str:reference>/move/", views.move_panel_meeting, name="move_panel_meeting"),
    path("panel-meetings/<str:reference>/cancel/", views.cancel_panel_meeting, name="cancel_panel_meeting"),
    path("panel-meetings/<str:reference>/", meetings.panel_meeting, name="panel_meeting"),
    path("panel-meetings/<str:reference>/send-list/", meetings.send_panel_list, name="send_panel_list"),
    path("panel-meetings/<str:reference>/coming/", meetings.say_coming, name="say_coming"),
    path("cases/<str:reference>/panel/propose/", items.propose_to_panel, name="propose_to_panel"),
    path("panel-items/<str:reference>/", items.panel_item, name="panel_item"),
    path("panel-items/<str:reference>/withdraw/", items.withdraw_from_panel, name="withdraw_from_panel"),
    path("panel-items/<str:reference>/check/", items.answer_panel_check, name="answer_panel_check"),
    path("panel-items/<str:reference>/tell/", items.tell_of_item, name="tell_of_item"),
    path("panel-items/<str:reference>/admit/<str:person>/", items.admit_to_item, name="admit_to_item"),
    path("panel-meetings/<str:reference>/run/", running.run_panel_meeting, name="run_panel_meeting"),
    path("panel-meetings/<str:reference>/projector/", running.project_panel_meeting, name="project_panel_meeting"),
    path("panel-meetings/<str:reference>/attendance/", running.record_panel_attendance, name="record_panel_attendance"),
    path("panel-meetings/<str:reference>/minutes/", running.panel_minutes, name="panel_minutes"),
    path("panel-meetings/<str:reference>/minutes/approve/", running.approve_minutes, name="approve_minutes"),
    path("panel-items/<str:reference>/interest/", running.declare_interest, name="declare_interest"),
    path("panel-items/<str:reference>/decide/", running.decide_panel_item, name="decide_panel_item"),
    path("panel-items/<str:reference>/act/", running.add_panel_action, name="add_panel_action"),
    path("panel-items/<str:reference>/put-off/", running.put_off_item, name="put_off_item"),
    path(
        "panel-items/<str:reference>/decisions/<int:number>/take-back/",
        running.take_back_decision,
        name="take_back_decision",
    ),
    path("panel-items/<str:reference>/answer/read/", after.read_panel_answer, name="read_panel_answer"),
    path("panel-items/<str:reference>/help/", after.record_first_help, name="record_first_help"),
    path("questions/", questions.questions, name="questions"),
    path("questions/ask/", questions.ask_without_name, name="ask_without_name"),
    path("questions/<str:reference>/", questions.question, name="question"),
    path("questions/<str:reference>/answer/", questions.answer_question, name="answer_question"),
    path("questions/<str:reference>/read/", questions.read_question_answer, name="read_question_answer"),
    path("questions/<str:reference>/take-back/", questions.take_back_question, name="take_back_question"),
    path("panel-actions/", running.panel_actions, name="panel_actions"),
    path("panel-actions/<str:reference>/done/", running.finish_panel_action, name="finish_panel_action"),
]
