"""Addresses of programme claims."""

from django.urls import include, path

from hearth.oversight.programmes import views

urlpatterns = [
    path("claims/", views.claims, name="claims"),
    path("claims/download/", views.download_claims, name="download_claims"),
    path("claims/families/", views.families_to_claim_for, name="families_to_claim_for"),
    path("claims/cases/<str:reference>/", views.claim_case, name="claim_case"),
    path("claims/cases/<str:reference>/<slug:framework>/needs/", views.name_needs, name="name_needs"),
    path("claims/cases/<str:reference>/<slug:framework>/look-again/", views.look_again, name="look_again"),
    path("claims/cases/<str:reference>/<slug:framework>/make/", views.make_claim, name="make_claim"),
    path("claims/samples/", include("hearth.oversight.programmes.samples.urls")),
    path("claims/<str:reference>/", views.claim, name="claim"),
    path("claims/<str:reference>/check/", views.check_claim, name="check_claim"),
    path("claims/<str:reference>/withdraw/", views.withdraw_claim, name="withdraw_claim"),
]
