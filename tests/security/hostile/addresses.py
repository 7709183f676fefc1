"""Who may rightly open each address, with references of what was planted. A new address is given its hostile walk here.

An address takes what the beginning of its route says (`BY_START`), unless it is named in `NAMED`. Whoever is named
there opens it or presses its button in `test_rightful.py`; everybody else is then turned away by the same address.
"""

from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern

from tests.security.hostile.filling import in_days, in_working_days
from tests.security.hostile.filling import in_days
from tests.security.hostile.returning import RETURNS


@dataclass(frozen=True)
class Way:
    """The rightful reader; what each argument is (`where` for the reference); and what is typed beside the page's own.

    `on` names the page that has the button, where the address has none of its own.
    """

    reader: str
    where: str = ""
    more: dict[str, str] = field(default_factory=dict)
    typed: dict[str, Any] = field(default_factory=dict)
    on: str = ""


WORKER, DOOR, MANAGER, HUB = "family_worker", "front_door_officer", "manager", "safeguarding_hub_social_worker"
GOVERNS, ADMIN, ASKER, ANALYST = "information_governance", "administrator", "practitioner", "analyst"
DISTRICT, CHECKER, AUDITOR = "development_officer", "strategic_lead", "quality_auditor"
PROVIDER, STEWARD = "provider", "commissioner"
RUNS, LEAD = "panel_coordinator", "quality_lead"
BY_START = {
    "families/<str:reference>/": Way(WORKER, "working.family"),
    "people/<str:reference>/": Way(WORKER, "working.mother"),
    "cases/<str:reference>/": Way(WORKER, "working.case"),
    "cases/<reference>/": Way(WORKER, "working.case"),
    "plans/<str:reference>/": Way(WORKER, "working.plan"),
    "assessments/<reference>/": Way(WORKER, "working.assessment"),
    "assessments/<str:reference>/": Way(WORKER, "asked_up.assessment", {"document": "asked_up.document.reference"}),
    "notes/<str:reference>/": Way(WORKER, "working.note"),
    "requests/<reference>/": Way(DOOR, "waiting.request"),
    "steps/<str:reference>/": Way(HUB, "asked_up.step"),
    "restrictions/<str:reference>/": Way(GOVERNS, "restricted_family"),
    "agreements/<str:reference>/": Way(GOVERNS, "agreement"),
    "colleagues/<str:reference>/": Way(ADMIN, "colleague"),
    "universal/<str:reference>/": Way(ASKER, "universal"),
    "unmet/themes/<str:reference>/": Way(DISTRICT, "theme"),
    "unmet/<str:reference>/": Way(WORKER, "working.unmet"),
    "imports/<str:reference>/": Way(ADMIN, "run"),
    "feeds/loads/<str:reference>/": Way(ANALYST, "feed_ready"),
    "concerns/runs/<str:reference>/": Way(ANALYST, "run_done"),
    "concerns/<str:reference>/": Way(DISTRICT, "concern"),
    "claims/cases/<str:reference>/": Way(ANALYST, "closed.case"),
    "claims/samples/<str:reference>/": Way(AUDITOR, "claim_sample"),
    "claims/<str:reference>/": Way(ANALYST, "claim"),
    "audits/samples/<str:reference>/": Way(LEAD, "audit_sample"),
    "audits/findings/needs/<str:reference>/": Way(LEAD, "training_need"),
    "audits/<str:reference>/": Way(LEAD, "audit_settled"),
    "retention/<str:reference>/": Way(GOVERNS, "due"),
    "exports/<str:reference>/": Way(GOVERNS, "export"),
    "matching/runs/<str:reference>/": Way(ANALYST, "link_done"),
    "matching/pairs/<str:reference>/": Way(ANALYST, "pair_waiting"),
    "service-referrals/<str:reference>/": Way(WORKER, "referral_asked"),
    "directory/services/<str:reference>/": Way(PROVIDER, "service"),
    "find-help/<str:reference>/": Way(PROVIDER, "service"),
    "directory/changes/<str:reference>/": Way(STEWARD, "service_change"),
    "directory/readings/<str:reference>/": Way(STEWARD, "directory_run"),
    "panels/<str:reference>/": Way(RUNS, "panel"),
    "panel-meetings/<str:reference>/": Way(RUNS, "panel_meeting"),
    "panel-items/<str:reference>/": Way(RUNS, "item"),
    "panel-actions/<str:reference>/": Way("county_manager", "panel_action"),
    "questions/<str:reference>/": Way(WORKER, "question"),
    "money/sources/<str:reference>/": Way(STEWARD, "fund"),
    "money/shares/<str:reference>/": Way(STEWARD, "money_share"),
    "money/entries/<str:reference>/": Way(STEWARD, "commitment"),
    "money/budgets/<str:reference>/": Way(STEWARD, "budget"),
    "money/purchases/<str:reference>/": Way(WORKER, "purchase_asked"),
    "value/valuations/<str:reference>/": Way(STEWARD, "valuation"),
    "value/investments/<str:reference>/": Way(STEWARD, "investment"),
    "value/outcomes/<str:reference>/": Way(STEWARD, "valued_outcome"),
    "value/care-days/<str:reference>/": Way(STEWARD, "care_days"),
    "needs/intentions/<str:reference>/": Way(STEWARD, "intention"),
    "grants/rounds/<str:reference>/": Way(STEWARD, "empty_round"),
    "grants/applications/<str:reference>/": Way(PROVIDER, "grant_application"),
    "outside-bids/<str:reference>/": Way(PROVIDER, "outside_bid"),
    "contracts/variations/<str:reference>/": Way(STEWARD, "variation_asked"),
    "contracts/visits/<str:reference>/": Way(DISTRICT, "visit_planned"),
    "contracts/visit-actions/<str:reference>/": Way(DISTRICT, "visit_action"),
    "contracts/outcomes/<str:reference>/": Way(PROVIDER, "claim_waiting"),
    "contracts/endings/<str:reference>/": Way(STEWARD, "ending_asked"),
    "contracts/<str:reference>/": Way(STEWARD, "contract_draft"),
    "tenders/questions/<str:reference>/": Way(STEWARD, "supplier_question"),
    "tenders/bids/<str:reference>/": Way(DISTRICT, "bid_opened"),
    "tenders/<str:reference>/": Way(STEWARD, "call_draft"),
}
SON, OUTCOME, ACTION = {"person": "working.son.reference"}, {"number": "one"}, {"number": "one"}
UNDER, SEAT, TOLD = {"framework": "claim_framework"}, {"person": "seat"}, {"person": "told"}
HELD, PLANNED = {"number": "working.held_meeting.number"}, {"number": "working.meeting.number"}
PAGE, ABOUT_CHILD = {"section": "family_page"}, {"section": "child_page", "child": "asked_up.son.reference"}
KEY, FILE = {"key": "passkey"}, {"file": "letter"}
SENT, HELD_BY_PLAN = {"document": "waiting.document.reference"}, {"document": "working.plan_document.reference"}
POUND, ONE = {"pence": "1"}, {"number": "one"}
HELD_AT = {f"{name}_{n}": time for n in range(1, 5) for name, time in (("opens", "10:00"), ("closes", "11:00"))}  # fmt: skip
NAMED = {
    # families and people
    "change_membership": Way(WORKER, "working.family", SON),
    "end_membership": Way(WORKER, "working.family", SON),
    "join_family": Way(WORKER, "working.family", typed={"reference": "handed_back.mother.reference"}),
    "answer_missing": Way(WORKER, "bare.family", {"question": "missing"}),
    "take_back_answer": Way(WORKER, "bare.family", on="family_tree"),
    "correct_address": Way(WORKER, "working.mother", {"place": "one"}),
    "remove_name": Way(WORKER, "working.mother", on="person"),
    "verify_identifier": Way(WORKER, "working.mother", {"place": "one"}),
    "remove_identifier": Way(WORKER, "working.mother", on="person"),
    "end_relationship": Way(WORKER, "working.mother", {"other": "working.son.reference", "kind": "kin"}),
    "link_people": Way(DOOR, "working.mother", typed={"other": "handed_back.mother.reference"}),
    "undo_link": Way(DOOR, "working.mother", {"other": "working.father.reference"}),
    "who_looked": Way(MANAGER, "working.family"),
    "settle_disagreement": Way(DOOR, "working.family", {"refusal": "working.refusal.reference"}),
    "record_consent": Way(WORKER, "working.family", typed={"who_decided": "parent", "people": "working.son.reference"}),
    "end_exception": Way(WORKER, "working.family", {"exception": "working.exception.reference"}),
    "end_restricted_access": Way(GOVERNS, "restricted_family", on="restriction"),
    "grant_restricted_access": Way(GOVERNS, "restricted_family", typed={"email": "manager_email"}),
    # touchpoints of a child's pathway
    "record_touchpoint": Way(
        WORKER,
        "working.family",
        {"child": "working.son.reference", "touchpoint": "touchpoint_code"},
        typed={"who": "me"},
    ),
    "withdraw_touchpoint": Way(WORKER, "working.family", {"recorded": "working.recorded.reference"}),
    # requests
    "decide_request": Way(DOOR, "waiting.request", typed={"outcome": "advice"}),
    "resume_request": Way(DOOR, "paused.request", on="triage_request"),
    "match_person": Way(DOOR, "waiting.request", on="triage_request"),
    "move_request": Way(DOOR, "waiting.request", typed={"area": "other_area.code"}),
    "record_told": Way(DOOR, "decided.request"),
    "reopen_decision": Way(DOOR, "advised.request"),
    "write_request": Way(ASKER, "draft"),
    "ring_now": Way(ASKER, "draft"),
    "discard_request": Way(ASKER, "draft"),
    "request_sent": Way(ASKER, "waiting.request"),
    "answer_front_door": Way(ASKER, "waiting.request"),
    "withdraw_request": Way(ASKER, "waiting.request"),
    "print_letter": Way(DOOR, "rung.request"),
    "add_request_document": Way(DOOR, "waiting.request", typed=FILE),
    "request_document": Way(DOOR, more=SENT),
    "withdraw_request_document": Way(DOOR, "waiting.request", SENT),
    "pass_on_request": Way(DOOR, "for_one.request"),
    "answer_passed_request": Way(ASKER, "passed.request"),
    # cases
    "join_team": Way(WORKER, "working.case", typed={"user": "elsewhere.email"}),
    "record_panel": Way(WORKER, "with_manager.case"),
    "name_lead": Way(MANAGER, "working.case", typed={"who": "lead_key"}),
    "move_family": Way(MANAGER, "working.case"),
    "give_to_team": Way(MANAGER, "working.case", typed={"team": "team_key"}),
    "reopen_case": Way(WORKER, "closed.case"),
    "start_reaching": Way(WORKER, "handed_back.case"),
    "record_try": Way(WORKER, "working.case", {"number": "working.attempt.number"}),
    "undo_try": Way(WORKER, "working.case", {"number": "working.tried.number"}, on="reaching"),
    "agree_to_stop": Way(MANAGER, "bare.case"),
    "add_note": Way(WORKER, "working.case", {"kind": "note_kind"}),
    # assessments
    "start_assessment": Way(WORKER, "bare.case"),
    "write_section": Way(WORKER, "asked_up.case", PAGE),
    "who_is_writing": Way(WORKER, "asked_up.case", PAGE),
    "write_section child": Way(WORKER, "asked_up.case", ABOUT_CHILD),
    "who_is_writing child": Way(WORKER, "asked_up.case", ABOUT_CHILD),
    "section_history": Way(WORKER, "asked_up.assessment", PAGE),
    "section_history child": Way(WORKER, "asked_up.assessment", ABOUT_CHILD),
    "send_assessment": Way(WORKER, "stepped_up.case"),
    "take_back_assessment": Way(WORKER, "with_manager.case", on="assessment"),
    "return_assessment": Way(MANAGER, "with_manager.assessment"),
    "sign_off_assessment": Way(MANAGER, "with_manager.assessment"),
    "stop_assessment": Way(WORKER, "asked_up.case"),
    "take_up_assessment": Way(WORKER, "stopped.case", on="assessment"),
    "add_assessment_document": Way(WORKER, "asked_up.assessment", typed=FILE),
    "download_assessment": Way(WORKER, "working.assessment", on="read_assessment"),
    # plans
    "start_plan": Way(WORKER, "stepped_up.case"),
    "agree_plan": Way(WORKER, "handed_back.plan"),
    "add_outcome": Way(WORKER, "working.plan", typed={"target_score": "7"}),
    "change_outcome": Way(WORKER, "working.plan", OUTCOME),
    "end_outcome": Way(WORKER, "working.plan", OUTCOME),
    "change_action": Way(WORKER, "working.plan", ACTION),
    "finish_action": Way(WORKER, "working.plan", {"number": "two"}, on="plan_by_reference"),
    "undo_action": Way(WORKER, "working.plan", ACTION, on="plan_by_reference"),
    "add_plan_document": Way(WORKER, "working.plan", typed=FILE),
    "plan_document": Way(WORKER, "working.plan", HELD_BY_PLAN),
    "refer_to_service": Way(WORKER, "working.plan", {"service": "to_ask.reference"}),
    "answer_service_referral": Way(MANAGER, "referral_asked"),
    "read_service_answer": Way(WORKER, "referral_answered", on="service_referral"),
    "withdraw_plan_document": Way(WORKER, "working.plan", HELD_BY_PLAN),
    "review": Way(WORKER, "closed.plan", {"number": "one"}),
    "correct_review": Way(WORKER, "working.plan", {"number": "working.review.number"}),
    "meeting": Way(WORKER, "working.case", HELD),
    "change_meeting": Way(WORKER, "working.case", PLANNED),
    "record_meeting": Way(WORKER, "working.case", PLANNED),
    "cancel_meeting": Way(WORKER, "working.case", PLANNED),
    # steps
    "accept_step_down": Way(DOOR, "handed_back.down"),
    "decline_step_down": Way(DOOR, "handed_back.down"),
    "withdraw_step": Way(WORKER, "asked_up.step"),
    "read_step_answer": Way(WORKER, "stepped_up.step", on="step"),
    "step_file": Way(HUB, "asked_up.step", {"number": "two"}),
    "acknowledge_pack": Way(HUB, "asked_up.step", on="step_pack"),
    "request_step_up": Way(WORKER, "working.case", typed=in_days("unused", 0)),
    "request_step_down": Way(HUB, "stepped_up.case"),
    # feeds
    "commit_load": Way(ANALYST, "feed_ready", on="feed_load"),
    "cancel_load": Way(ANALYST, "feed_ready", on="feed_load"),
    "reverse_load": Way(ANALYST, "feed_committed"),
    "fix_row": Way(ANALYST, "feed_faulty", {"number": "two"}),
    "waive_row": Way(ANALYST, "feed_faulty", {"number": "two"}),
    "waive_rows": Way(ANALYST, "feed_faulty"),
    "withdraw_feed_token": Way(ANALYST, "feed_token"),
    # families of concern
    "cancel_run": Way(ANALYST, "run_waiting", on="insight_run"),
    "undo_flag_decision": Way(DISTRICT, "concern_decided", {"number": "one"}, on="family_of_concern"),
    # programme claims
    "name_needs": Way(ANALYST, "closed.case", UNDER),
    "look_again": Way(ANALYST, "closed.case", UNDER),
    "make_claim": Way(ANALYST, "closed.case", UNDER),
    "check_claim": Way(CHECKER, "claim"),
    "note_finding": Way(AUDITOR, "claim_sample", {"number": "one"}),
    # audits
    "share_out_sample": Way(LEAD, "audit_sample_new", typed={"twice": "0"}),
    "draw_re_audit": Way(
        LEAD,
        "audit_sample",
        typed={"like": "worker", "size": "1", **in_days("from_on", -500), **in_days("until_on", -1)},
    ),
    "begin_audit": Way(AUDITOR, "audit_named", on="audit"),
    "grade_part": Way(AUDITOR, "audit_begun", {"part": "audit_part"}),
    "finish_audit": Way(AUDITOR, "audit_full"),
    "change_auditor": Way(LEAD, "audit_begun", {"place": "one"}),
    "leave_out_audit": Way(LEAD, "audit_named"),
    "moderate_audit": Way(LEAD, "audit_differs"),
    "reply_to_findings": Way(WORKER, "audit_sent"),
    "add_audit_action": Way(WORKER, "audit_sent"),
    "finish_audit_action": Way(WORKER, "audit_sent", {"number": "one"}),
    # unmet need
    "change_theme_action": Way(DISTRICT, "theme", {"number": "one"}),
    "answer_theme": Way(CHECKER, "theme_asked"),
    "resume_theme": Way(DISTRICT, "theme_answered"),
    "close_theme": Way(DISTRICT, "theme_answered"),
    "take_out_need": Way(DISTRICT, "working.unmet_in", on="unmet_need"),
    "read_unmet_answer": Way(WORKER, "working.unmet_answered", on="unmet_need"),
    # retention
    "delete_record": Way(GOVERNS, "due", typed={"reference": "due.reference"}),
    "end_hold": Way(GOVERNS, "held", on="disposal"),
    # exports
    "download_export": Way(GOVERNS, "export", on="export"),
    "make_export_again": Way(GOVERNS, "export", on="export"),
    "hand_over_export": Way(GOVERNS, "export_to_hand_over"),
    # who is who
    "cancel_link_run": Way(ANALYST, "link_waiting", on="link_run"),
    "undo_decision": Way(ANALYST, "pair_decided"),
    # the directory
    "change_service": Way(
        PROVIDER, "service", typed={"url": "https://example.org", "minimum_age": "1", "maximum_age": "9", **HELD_AT}
    ),
    "change_organisation": Way(STEWARD, more={"key": "listed.id"}, typed={"website": "https://example.org"}),
    "say_places": Way(PROVIDER, "service", typed={"waiting_weeks": "2"}),
    "take_back_service_change": Way(PROVIDER, "service_change"),
    # panels
    "end_panel": Way(DISTRICT, "idle_panel"),
    "add_panel_member": Way(RUNS, "panel", typed={"user": "elsewhere.email", "is_chair": "", "deputy": ""}),
    "change_panel_member": Way(RUNS, "panel", SEAT, typed={"is_chair": "", "deputy": ""}),
    "end_panel_member": Way(RUNS, "panel", SEAT),
    "bring_theme": Way(RUNS, "panel", typed={"theme": ""}),
    "plan_panel_meetings": Way(RUNS, "panel", typed=in_days("until_on", 150)),
    "add_panel_meeting": Way(RUNS, "panel", typed=in_working_days("meets_on", 9, besides=1)),
    "move_panel_meeting": Way(RUNS, "third_meeting"),
    "cancel_panel_meeting": Way(RUNS, "third_meeting"),
    "send_panel_list": Way(RUNS, "later_meeting"),
    "say_coming": Way(RUNS, "later_meeting", on="panel_meeting"),
    "propose_to_panel": Way(WORKER, "working.case"),
    "answer_panel_check": Way("county_manager", "item"),
    "tell_of_item": Way(RUNS, "item_to_come", typed={"user": "elsewhere.email"}),
    "admit_to_item": Way(RUNS, "item_to_come", TOLD, on="panel_item"),
    "declare_interest": Way(RUNS, "item", typed={"user": "chair_email"}),
    "decide_panel_item": Way(RUNS, "item", typed={"kind": "advice", "acts": "no"}),
    "add_panel_action": Way(RUNS, "item", typed={"owner": "chair_email"}),
    "take_back_decision": Way(RUNS, "heard_item", {"number": "one"}),
    "answer_question": Way(RUNS, "question", typed={"answer": "Ring us"}),
    "read_question_answer": Way(WORKER, "question_answered", on="question"),
    "read_panel_answer": Way(WORKER, "answered_item", on="panel_item"),
    "record_first_help": Way(WORKER, "answered_item"),
    "approve_minutes": Way("panel_chair", "approvable_meeting", on="panel_minutes"),
    # money
    "receive_money": Way(STEWARD, "fund", typed=POUND),
    "pass_elsewhere": Way(STEWARD, "fund", typed=POUND),
    "allocate_money": Way(STEWARD, "fund", typed=POUND),
    "commit_money": Way(STEWARD, "money_share", typed=POUND),
    "pay_money": Way(STEWARD, "commitment", typed=POUND),
    "release_money": Way(STEWARD, "commitment", typed=POUND),
    "recover_money": Way(STEWARD, "commitment", typed=POUND),
    "reverse_entry": Way(STEWARD, "promised"),
    "open_budget": Way(
        STEWARD,
        "money_share",
        typed={"holder": "district_email", "by_rule_pence": "1", "most_pence": "2"} | in_days("ends_on", 90),
    ),
    "delegate_money": Way(STEWARD, "budget", typed=POUND),
    "return_money": Way(STEWARD, "budget", typed=POUND),
    "end_budget": Way(STEWARD, "idle_budget"),
    "change_budget": Way(
        STEWARD, "idle_budget", typed={"by_rule_pence": "1", "most_pence": "2"} | in_days("ends_on", 90)
    ),
    "decide_purchase": Way(DISTRICT, "purchase_asked"),
    "order_purchase": Way(WORKER, "purchase_approved", on="purchase"),
    "receive_purchase": Way(WORKER, "purchase_bought", on="purchase"),
    "pay_purchase": Way(STEWARD, "purchase_received", typed=POUND),
    "ask_from_plan": Way(WORKER, "working.plan", typed=POUND),
    "ask_from_panel": Way(WORKER, "answered_item", typed=POUND),
    # value
    "change_valuation": Way(STEWARD, "valuation", typed={"cost_pence": "2"}),
    "add_valued_outcome": Way(STEWARD, "valuation", typed={"number": "1", "attribution": "10"}),
    "change_valued_outcome": Way(STEWARD, "valued_outcome", typed={"number": "1"}),
    "withdraw_valued_outcome": Way(STEWARD, "idle_outcome"),
    "change_assumption": Way(STEWARD, "valued_outcome", {"what": "assumed"}, {"cautious": "50"}),
    "change_investment": Way(STEWARD, "investment", typed={"day_pence": "2"}),
    "record_care_days": Way(STEWARD, "investment", typed={"children": "1", "child_days": "1", "care_days": "0"}),
    # buying
    "move_intention": Way(STEWARD, "intention_moved"),
    "apply_for_grant": Way(PROVIDER, "empty_round", typed=POUND),
    "decide_grant": Way(STEWARD, "grant_application", typed=POUND),
    "pay_grant": Way(STEWARD, "grant_awarded"),
    "review_bid": Way(STEWARD, "outside_bid"),
    "withdraw_outside_bid": Way(PROVIDER, "outside_bid", on="outside_bid"),
    # contracts
    "change_contract": Way(STEWARD, "contract_draft", typed={"award": "", "agreement": ""}),
    "add_part": Way(
        STEWARD, "contract_draft", typed=POUND | {"organisation": "contract_payer", "share": "", "area": ""}
    ),
    "add_milestone": Way(STEWARD, "contract_draft", typed=POUND),
    "add_target": Way(STEWARD, "contract_draft", typed={"figures": "1", "unit": "number"}),
    "add_payment_term": Way(STEWARD, "contract_draft", typed=POUND | {"cap_pence": "1"}),
    "take_out_of_contract": Way(STEWARD, "contract_draft", on="contract"),
    "sign_contract": Way(STEWARD, "contract_whole"),
    "outcome_claims": Way(PROVIDER, "contract_signed"),
    "claim_outcome": Way(
        PROVIDER, "contract_signed", typed={"case": "working.case.reference", "term": "term_open.reference"}
    ),
    "look_at_claim": Way(DISTRICT, "claim_waiting"),
    "pay_outcome": Way(STEWARD, "claim_verified", typed={"voucher": "Outcome 1"}),
    "withdraw_outcome_claim": Way(PROVIDER, "claim_back", on="outcome_claim"),
    "reach_milestone": Way(PROVIDER, "contract_signed", {"milestone": "milestone_due.reference"}),
    "certify_milestone": Way(DISTRICT, "contract_signed", {"milestone": "milestone_reached.reference"}),
    "pay_milestone": Way(
        STEWARD, "contract_signed", {"milestone": "milestone_certified.reference"}, {"voucher": "Milestone 1"}
    ),
    "ask_for_variation": Way(
        STEWARD,
        "contract_plain",
        typed={"what": "Otherwise"}
        | dict.fromkeys(("milestone_name", "milestone_pence"), "")
        | {f"milestone_due_on-{part}": "" for part in ("day", "month", "year")},
    ),
    "answer_variation": Way(PROVIDER, "variation_asked"),
    "bring_in_variation": Way(STEWARD, "variation_agreed", on="variation"),
    "withdraw_variation": Way(STEWARD, "variation_kept", on="variation"),
    "plan_visit": Way(DISTRICT, "contract_plain"),
    "call_off_visit": Way(DISTRICT, "visit_off"),
    "add_visit_action": Way(DISTRICT, "visit_done"),
    "ask_to_decommission": Way(DISTRICT, "contract_plain", typed={"families": "1"} | in_days("last_day", 2)),
    "place_family": Way(PROVIDER, "contract_ended", typed={"case": "working.case.reference"}),
    "settle_contract": Way(STEWARD, "contract_over"),
    **{name: Way(*told) for name, told in RETURNS.items()},
    # tenders
    "add_lot": Way(STEWARD, "call_draft", typed={"most_pence": "1"}),
    "add_joint_commissioner": Way(STEWARD, "call_draft", typed={"share": "1", "organisation": "joint_organisation"}),
    "add_criterion": Way(STEWARD, "call_draft", typed={"weight": "1"}),
    "add_call_file": Way(STEWARD, "call_draft", typed=FILE),
    "take_out": Way(STEWARD, "call_draft", on="tender"),
    "name_keyholders": Way(
        STEWARD, "call_draft", typed={"one": "keeper_one", "two": "keeper_escrow", "escrow": "keeper_two"}
    ),
    "set_passphrase": Way(
        "county_manager", "call_draft", typed=dict.fromkeys(("passphrase", "passphrase_again"), "any quiet words here")
    ),
    "publish_tender": Way(STEWARD, "call_whole"),
    "name_scorer": Way(STEWARD, "call_draft", typed={"scorer": "district_email"}),
    "ask_about_call": Way(PROVIDER, "call_open"),
    "clarify_call": Way(STEWARD, "call_open"),
    "send_bid": Way(PROVIDER, "call_open", ONE, typed={"sealed_price": "1"}),
    "withdraw_bid": Way(PROVIDER, "call_open", ONE, on="tender"),
    "open_bids": Way(
        "county_manager",
        "call_closed",
        typed={
            "passphrase_one": "seven herons over slate",
            "passphrase_two": "a brass kettle at dawn",
            "passphrase_escrow": "",
        },
    ),
    "declare_conflict": Way(DISTRICT, "call_opened"),
    "opened_bid_file": Way(DISTRICT, "bid_opened", ONE),
    "close_scoring": Way("senior_development_officer", "call_scored", on="tender"),
    "agree_scores": Way("senior_development_officer", "bid_compared"),
    "award_lot": Way(STEWARD, "call_compared", ONE),
    "publish_award": Way(STEWARD, "call_awarded", ONE, on="tender"),
    # performance
    "type_figure": Way(
        ANALYST,
        more={"project": "measured_project", "row": "measured_idle", "as_at": "measured_day"},
        typed={"figure": "27"},
    ),
    "change_figure": Way(
        ANALYST,
        more={"project": "measured_project", "row": "measured_row", "as_at": "measured_day"},
        typed={"figure": "265"},
    ),
    "set_local_target": Way(DISTRICT, more={"area": "aimed_area"}, typed={"measure": "wait_for_plan", "figure": "20"}),
    "change_local_target": Way(
        DISTRICT,
        more={"area": "aimed_area", "measure": "aimed_measure", "from_on": "aimed_from"},
        typed={"figure": "97"},
    ),
    # accounts
    "rename_passkey": Way(ASKER, more=KEY),
    "remove_passkey": Way(ASKER, more=KEY, on="my_account"),
    "send_message_again": Way(ADMIN, more={"message": "given_up"}, on="messages_sent"),
    "open_account": Way(ADMIN, "shut_colleague", on="colleague"),
    "send_link": Way(ADMIN, "colleague", on="colleague"),
    "begin_second_step_again": Way(ADMIN, "colleague", on="colleague"),
}


def way_to(route: str, pattern: URLPattern) -> Way | None:
    """How the rightful reader comes to an address; nothing where it has no arguments or nobody has said."""
    name = f"{pattern.name} child" if "<child>" in route else str(pattern.name)
    if name in NAMED:
        return NAMED[name]
    return next((way for start, way in BY_START.items() if route.startswith(start)), None)


# Addresses without arguments that show planted words, and somebody who rightly sees them there.
SHOWING = {
    "home": WORKER,
    "to_do": WORKER,
    "work": WORKER,
    "requests": DOOR,
    "my_requests": ASKER,
    "step_ups": HUB,
    "step_downs": DOOR,
    "assessments_to_sign_off": MANAGER,
    "universal": ASKER,
    "restrictions": GOVERNS,
    "families_of_concern": DISTRICT,
}
