"""The bar under the header, in order: words, slice, the permission it needs, and the slices it stands for."""

from hearth.foundation.ui.navigation import NavigationItem as Item

NAVIGATION = (
    Item("My work", "home"),
    Item(
        "Requests",
        "requests",
        "see_requests_in_area",
        ("triage_request", "decide_request", "pass_on_request", "ask_referrer", "note_telephone_request"),
    ),
    Item(
        "Ask for help",
        "my_requests",
        "ask_for_help",
        ("ask_for_help", "write_request", "view_request", "request_sent", "ring_now", "passed_requests"),
    ),
    Item(
        "Cases", "work", "work_case", ("family", "chronology", "print_chronology", "waiting_for_panel", "record_panel")
    ),
    Item("To sign off", "assessments_to_sign_off", "sign_off_assessment"),
    Item("Imports", "imports", "import_records", ("import_workbook", "import_account")),
    Item("Step ups", "step_ups", "decide_step_up", ("step", "step_pack", "accept_step_up", "decline_step_up")),
    Item("Step downs", "step_downs", "decide_request", ("accept_step_down", "decline_step_down")),
    Item("Find somebody", "find_people", "add_person", ("look_up_people", "person", "change_person", "open_family")),
    Item(
        "Restricted records",
        "restrictions",
        "govern_restricted",
        ("restriction", "place_restriction", "grant_restricted_access"),
    ),
    Item("Restricted searches", "restricted_searches", "told_of_restricted_searches"),
    Item("Agreements", "agreements", "govern_agreements", ("agreement", "write_agreement", "end_agreement")),
    Item("Universal", "universal", "record_universal_activity", ("record_universal_activity", "universal_activity")),
    Item("Colleagues", "colleagues", "invite_people", ("colleague", "invite_person", "appoint_person", "add_team")),
    Item("Organisations", "organisations", "administer", ("add_organisation",)),
)
