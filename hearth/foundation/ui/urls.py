"""Addresses of the pages that belong to no room."""

from django.urls import path

from hearth.foundation.ui import views

urlpatterns = [
    path("theme.css", views.theme, name="theme"),
    path("accessibility/", views.accessibility_statement, name="accessibility_statement"),
    path("privacy/", views.privacy_notice, name="privacy_notice"),
    path("drafts/", views.keep_draft, name="keep_draft"),
    path("drafts/discard/", views.discard_draft, name="discard_draft"),
    path("ui-kit/", views.ui_kit, name="ui_kit"),
]
