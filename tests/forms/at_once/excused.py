"""Actions that two people may do at once without meeting, and why."""

ADDS = "adds a row of its own, and changes none: two of them are two"
ADDS_TO_HELD = "adds to what it holds first, as others of the table show; of two the same the second finds the first"
ONCE = "a unique constraint lets one of two through; the second finds the first by its key, or is told"
INNER = "done inside another action, which holds what it changes"
SAME = "what two do is the same, or is the actor's own: there is nobody to overwrite"

EXCUSED = {
    "open_family": ADDS, "add_person": ADDS, "add_family_member": ADDS, "write_agreement": ADDS, "record_exception": ADDS, "write_note": ADDS,
    "import_workbook": ADDS, "add_note": ADDS_TO_HELD, "plan_meeting": ADDS_TO_HELD, "add_outcome": ADDS_TO_HELD, "add_action": ADDS_TO_HELD,
    "start_reaching": ADDS_TO_HELD, "add_request_document": ADDS_TO_HELD, "start_request": ONCE, "receive_family_request": ONCE,
    "write_family_request": ONCE, "send": ONCE, "record_unmet_need": ADDS_TO_HELD, "add_theme_action": ADDS_TO_HELD,
    "note_theme_progress": ADDS_TO_HELD, "start_theme": "adds a row of its own; of two who gather the same needs the second finds none",
    "record_universal_activity": ONCE, "load_row": ONCE, "give_access": INNER, "end_access": INNER, "end_all_access": INNER,
    "close_to_area": INNER, "open_to_area": INNER, "move_area_access": INNER, "set_stage": INNER, "set_level": INNER,
    "record_decision": INNER, "finish_import": INNER, "show_load": INNER, "refuse_load": INNER, "publish_run": INNER, "note_offer": INNER,
    "make_feed_token": ADDS, "ask_with_token": SAME, "start_run": ONCE, "record_family_told": ADDS, "forget_concern": SAME,
    "look_again": ADDS, "draw_sample": ADDS, "note_restricted_searches_seen": SAME, "set_up_app": SAME, "add_passkey": SAME,
    "rename_passkey": SAME, "renew_recovery_codes": SAME, "change_password": SAME, "change_details": SAME, "ask_for_password_link": SAME,
    "choose_password": "the link is used up in one statement: the second finds none",
    "send_again": "put back in one statement, which only a message that was given up passes", "destroy_infected": SAME,
    "list_organisation": ONCE, "start_directory_run": ONCE, "load_directory_entry": INNER, "set_aside": INNER, "finish_directory_run": INNER,
    "chase_providers": "marked in one statement: the second finds none that was not chased", "add_panel": ONCE,
    "add_panel_member": ADDS_TO_HELD, "plan_panel_meetings": ADDS_TO_HELD, "ask_without_name": ADDS, "read_question_answer": SAME,
    "bring_theme": "adds a row of its own; a theme of unmet need is held first, and the second is told that it is on the list",
    "answer_panel_check": SAME, "say_coming": SAME, "record_panel_attendance": "what is said last stands: it is held, and each is kept",
    "record_first_help": SAME, "read_panel_answer": SAME, "chase_panel_action": SAME, "tell_of_item": ADDS_TO_HELD,
    "admit_to_item": ADDS_TO_HELD, "declare_interest": ADDS_TO_HELD, "decide_panel_item": ADDS_TO_HELD, "add_panel_action": ADDS_TO_HELD,
    "add_fund": ONCE, "open_budget": ONCE, "ask_for_purchase": INNER, "ask_from_plan": ADDS_TO_HELD, "ask_from_panel": ADDS_TO_HELD,
    "load_ledger": "posts each row as the actions of the table do, and each row once",
    "allot_money": "holds what allocate_money holds, once for each district", "add_valuation": ONCE, "add_investment": ONCE,
    "load_price_index": ONCE, "add_valued_outcome": ADDS_TO_HELD, "draft_intention": ONCE, "open_grant_round": ONCE, "apply_for_grant": ONCE,
    "tell_of_bid": ONCE, "declare_grant_interest": ADDS, "cite_in_answer": INNER,
    "answer_with_intention": "holds the theme, as answer_theme does", "write_tender": ADDS, "add_lot": ADDS_TO_HELD,
    "add_call_file": ADDS_TO_HELD, "name_keyholders": "holds the tender, as what is added to it does: whoever names last has named",
    "ask_about_call": ONCE, "note_answer_read": SAME, "note_message_sent": SAME, "refer_to_service": ADDS_TO_HELD,
    "read_service_answer": SAME, "ask_for_export": ADDS, "begin_export": INNER, "fail_export": INNER, "hand_over_export": ADDS_TO_HELD,
    "freeze_export": "one process makes an export (making.py takes a lock); of two the second finds it made", "follow_calls": ONCE,
    "stop_following": SAME, "tell_of_call": "each message has its key: whom both find is told once",
    "note_checked": "noted in one statement, of a file that is not checked yet", "draw_audit_sample": ADDS, "draw_re_audit": ADDS,
    "add_audit_action": ADDS_TO_HELD, "raise_training_need": ADDS, "type_figure": ONCE, "set_local_target": ONCE,
    "record_touchpoint": "holds the child; of two of the same day the second is told that it is recorded", "add_to_unmet_need": ADDS_TO_HELD,
    "add_panel_meeting": ADDS_TO_HELD, "write_contract": ONCE,
    "change_contract": "held first; the second reads both texts: contracts/tests/test_signing.py", "add_part": ADDS_TO_HELD,
    "add_milestone": ADDS_TO_HELD, "add_target": ADDS_TO_HELD, "add_payment_term": ADDS_TO_HELD, "take_out_of_contract": ADDS_TO_HELD,
    "ask_for_variation": ONCE, "plan_visit": ONCE, "add_visit_action": ADDS_TO_HELD,
    "claim_outcome": "takes its turn by the term, and a unique constraint lets one of two through: contracts/tests/test_outcomes.py",
    "ask_to_decommission": ONCE, "place_family": ONCE, "remind_of_contract": SAME,
    "make_return": "takes its turn by the contract and the quarter: the second finds the first", "query_return": ADDS_TO_HELD,
    "send_people": "holds the return, as add_person_to_list of the table does",
    "take_off_list": "holds the return, as add_person_to_list of the table does", "check_people": SAME, "find_listed": SAME,
    "erase_listed": SAME, "chase_return": "one contract is walked by one night; a unique constraint lets one of two through",
}  # fmt: skip
