"""Addresses of referrals to services."""

from django.urls import path

from hearth.casework.plans.referring import views

urlpatterns = [
    path("plans/<str:reference>/services/", views.services_for_plan, name="services_for_plan"),
    path("plans/<str:reference>/services/<str:service>/refer/", views.refer_to_service, name="refer_to_service"),
    path("service-referrals/", views.service_referrals, name="service_referrals"),
    path("service-referrals/<str:reference>/", views.service_referral, name="service_referral"),
    path("service-referrals/<str:reference>/answer/", views.answer_service_referral, name="answer_service_referral"),
    path(
        "service-referrals/<str:reference>/withdraw/", views.withdraw_service_referral, name="withdraw_service_referral"
    ),
    path("service-referrals/<str:reference>/answer/read/", views.read_service_answer, name="read_service_answer"),
]
