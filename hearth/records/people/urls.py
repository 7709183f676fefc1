"""Addresses of families and people."""

from django.urls import path

from hearth.records.people import views
from hearth.records.people.access import views as access
from hearth.records.people.facts import views as facts
from hearth.records.people.links import views as links
from hearth.records.people.restrictions import views as restrictions
from hearth.records.people.search import views as search
from hearth.records.people.tree import views as tree

urlpatterns = [
    path("people/find/", search.find_people, name="find_people"),
    path("families/new/", views.open_family, name="open_family"),
    path("families/<str:reference>/name/", views.rename_family, name="rename_family"),
    path("families/<str:reference>/people/", views.family_people, name="family_people"),
    path("families/<str:reference>/people/add/", views.add_family_member, name="add_family_member"),
    path("families/<str:reference>/people/join/", views.join_family, name="join_family"),
    path("families/<str:reference>/people/<str:person>/", views.change_membership, name="change_membership"),
    path("families/<str:reference>/people/<str:person>/left/", views.end_membership, name="end_membership"),
    path("families/<str:reference>/tree/", tree.family_tree, name="family_tree"),
    path("families/<str:reference>/tree/ask-again/", tree.take_back_answer, name="take_back_answer"),
    path("families/<str:reference>/tree/<slug:question>/", tree.answer_missing, name="answer_missing"),
    path("who-looked/", access.find_trail, name="find_trail"),
    path("families/<str:reference>/who-can-open/", access.who_can_open, name="who_can_open"),
    path("families/<str:reference>/who-looked/", access.who_looked, name="who_looked"),
    path("people/<str:reference>/", views.person, name="person"),
    path("people/<str:reference>/change/", views.change_person, name="change_person"),
    path("people/<str:reference>/move/", facts.move_home, name="move_home"),
    path("people/<str:reference>/addresses/<int:place>/", facts.correct_address, name="correct_address"),
    path("people/<str:reference>/names/add/", facts.add_name, name="add_name"),
    path("people/<str:reference>/names/remove/", facts.remove_name, name="remove_name"),
    path("people/<str:reference>/numbers/add/", facts.add_identifier, name="add_identifier"),
    path("people/<str:reference>/numbers/remove/", facts.remove_identifier, name="remove_identifier"),
    path("people/<str:reference>/relationships/add/", facts.record_relationship, name="record_relationship"),
    path(
        "people/<str:reference>/relationships/<str:other>/<slug:kind>/end/",
        facts.end_relationship,
        name="end_relationship",
    ),
    path("people/<str:reference>/link/", links.link_people, name="link_people"),
    path("people/<str:reference>/links/<str:other>/undo/", links.undo_link, name="undo_link"),
    path("restrictions/", restrictions.restrictions, name="restrictions"),
    path("restrictions/place/", restrictions.place_restriction, name="place_restriction"),
    path("restrictions/searches/", restrictions.restricted_searches, name="restricted_searches"),
    path(
        "restrictions/searches/read/", restrictions.note_restricted_searches_seen, name="note_restricted_searches_seen"
    ),
    path("restrictions/<str:reference>/", restrictions.restriction, name="restriction"),
    path("restrictions/<str:reference>/grant/", restrictions.grant_restricted_access, name="grant_restricted_access"),
    path("restrictions/<str:reference>/end/", restrictions.end_restricted_access, name="end_restricted_access"),
    path("restrictions/<str:reference>/lift/", restrictions.lift_restriction, name="lift_restriction"),
]
