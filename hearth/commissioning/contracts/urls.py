"""Addresses of contracts."""

from django.urls import path

from hearth.commissioning.contracts import views
from hearth.commissioning.contracts.claims import views as claims
from hearth.commissioning.contracts.endings import views as endings
from hearth.commissioning.contracts.milestones import views as milestones
from hearth.commissioning.contracts.variations import views as variations
from hearth.commissioning.contracts.visits import views as visits

ONE = "contracts/<str:reference>"
MILESTONE = f"{ONE}/milestones/<str:milestone>"
urlpatterns = [
    path("contracts/", views.contracts, name="contracts"),
    path("contracts/write/", views.write_contract, name="write_contract"),
    path("contracts/download/", views.download_contracts, name="download_contracts"),
    path("contracts/variations/<str:reference>/", variations.variation, name="variation"),
    path("contracts/variations/<str:reference>/answer/", variations.answer_variation, name="answer_variation"),
    path("contracts/variations/<str:reference>/bring-in/", variations.bring_in_variation, name="bring_in_variation"),
    path("contracts/variations/<str:reference>/withdraw/", variations.withdraw_variation, name="withdraw_variation"),
    path("contracts/visits/<str:reference>/note/", visits.note_visit, name="note_visit"),
    path("contracts/visits/<str:reference>/call-off/", visits.call_off_visit, name="call_off_visit"),
    path("contracts/visits/<str:reference>/add-action/", visits.add_visit_action, name="add_visit_action"),
    path("contracts/visit-actions/<str:reference>/finish/", visits.finish_visit_action, name="finish_visit_action"),
    path("contracts/outcomes/<str:reference>/", claims.outcome_claim, name="outcome_claim"),
    path("contracts/outcomes/<str:reference>/look-at/", claims.look_at_claim, name="look_at_claim"),
    path("contracts/outcomes/<str:reference>/pay/", claims.pay_outcome, name="pay_outcome"),
    path("contracts/outcomes/<str:reference>/withdraw/", claims.withdraw_outcome_claim, name="withdraw_outcome_claim"),
    path("contracts/endings/<str:reference>/decide/", endings.decide_decommissioning, name="decide_decommissioning"),
    path(f"{ONE}/", views.contract, name="contract"),
    path(f"{ONE}/change/", views.change_contract, name="change_contract"),
    path(f"{ONE}/add-part/", views.add_part, name="add_part"),
    path(f"{ONE}/add-milestone/", views.add_milestone, name="add_milestone"),
    path(f"{ONE}/add-target/", views.add_target, name="add_target"),
    path(f"{ONE}/add-payment-term/", views.add_payment_term, name="add_payment_term"),
    path(f"{ONE}/take-out/", views.take_out_of_contract, name="take_out_of_contract"),
    path(f"{ONE}/sign/", views.sign_contract, name="sign_contract"),
    path(f"{ONE}/outcomes/", claims.outcome_claims, name="outcome_claims"),
    path(f"{ONE}/claim-outcome/", claims.claim_outcome, name="claim_outcome"),
    path(f"{ONE}/vary/", variations.ask_for_variation, name="ask_for_variation"),
    path(f"{ONE}/plan-visit/", visits.plan_visit, name="plan_visit"),
    path(f"{ONE}/de-commission/", endings.ask_to_decommission, name="ask_to_decommission"),
    path(f"{ONE}/place-family/", endings.place_family, name="place_family"),
    path(f"{ONE}/settle/", endings.settle_contract, name="settle_contract"),
    path(f"{MILESTONE}/reach/", milestones.reach_milestone, name="reach_milestone"),
    path(f"{MILESTONE}/certify/", milestones.certify_milestone, name="certify_milestone"),
    path(f"{MILESTONE}/pay/", milestones.pay_milestone, name="pay_milestone"),
]
