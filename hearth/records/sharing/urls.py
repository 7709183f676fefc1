"""Addresses of consent, exceptions, agreements and the look-up."""

from django.urls import path

from hearth.records.sharing import views
from hearth.records.sharing.agreements import views as agreements
from hearth.records.sharing.look_up import views as look_up

urlpatterns = [
    path("look-up/", look_up.look_up_people, name="look_up_people"),
    path("families/<str:reference>/sharing/", views.family_sharing, name="family_sharing"),
    path("families/<str:reference>/sharing/consent/", views.record_consent, name="record_consent"),
    path("families/<str:reference>/sharing/withdraw/", views.withdraw_consent, name="withdraw_consent"),
    path(
        "families/<str:reference>/sharing/disagreements/<str:refusal>/",
        views.settle_disagreement,
        name="settle_disagreement",
    ),
    path("families/<str:reference>/sharing/exception/", views.record_exception, name="record_exception"),
    path("families/<str:reference>/sharing/exceptions/<str:exception>/end/", views.end_exception, name="end_exception"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/new/", agreements.write_agreement, name="write_agreement"),
    path("agreements/<str:reference>/", agreements.agreement, name="agreement"),
    path("agreements/<str:reference>/end/", agreements.end_agreement, name="end_agreement"),
]
