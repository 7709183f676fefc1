"""Who may rightly open the addresses of money, of what it was worth, of grants, contracts and tenders: part of addresses.py."""

from tests.security.hostile.filling import in_days
from tests.security.hostile.returning import RETURNS
from tests.security.hostile.way import DISTRICT, PROVIDER, STEWARD, WORKER, Way

POUND, ONE, FILE = {"pence": "1"}, {"number": "one"}, {"file": "letter"}
BUYING = {
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
    "record_counted_days": Way(STEWARD, "investment", {"quarter": "counted_quarter"}),
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
}  # fmt: skip
