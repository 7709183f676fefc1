"""Every role and what it may do, in one readable place. `hearth setup` copies it to the database's own functions.

A permission is a verb. Those that name families or requests reach only the areas or teams of the appointment, and
`*_in_area` counts only for people of the authority itself: a partner opens a family by name, never by district.
"""

from dataclasses import dataclass

# What each permission means, for the page "what each role sees".
PERMISSIONS: dict[str, str] = {
    "ask_for_help": "Ask for help for a family, and follow the answer",
    "add_person": "Add a person or a family",
    "work_case": "Be lead practitioner or a member of a team around a family, and write in its record",
    "open_open_families_in_area": "Open families with a case, or a request being decided, in the area",
    "open_closed_families_in_area": "Open closed families in the area, for as long as the pack keeps them",
    "open_families_of_team": "Open families whose case the team holds",
    "see_requests_in_area": "See every request made for the area",
    "see_requests_of_organisation": "See every request that people of the same partner organisation made",
    "decide_request": "Decide requests at the front door",
    "note_telephone_request": "Note a request made by telephone",
    "allocate_case": "Name or change the lead practitioner, and move a family to another area",
    "sign_off_assessment": "Sign off an assessment, or return it with comments",
    "decide_step_up": "Accept or decline a step up to social care",
    "request_step_down": "Hand a family from social care to early help",
    "link_people": "Link two records of one person, and undo it",
    "govern_restricted": "Restrict a record, and grant access to a restricted one",
    "told_of_restricted_searches": "Be told that somebody looked for a restricted person",
    "govern_agreements": "Write and end information-sharing agreements",
    "govern_retention": "See which records have passed their time, and delete or hold each",
    "see_audit_trail": "See who looked at a family",
    "see_team_work": "See the team's or area's work list",
    "invite_people": "Invite people and end their appointments",
    "see_panels": "See which panels there are, who sits on them and when they meet, and bring something to one",
    "set_up_panels": "Set up panels in the area, say who sits on them and plan their meetings",
    "record_universal_activity": "Record universal (level 1) activity",
    "see_missed_opportunities": "See in the area how many children each touchpoint of the pathways missed; it names nobody",
    "edit_own_services": "Keep the entries of your own organisation in the directory",
    "answer_service_referrals": "Answer what families’ plans ask of your own organisation’s services",
    "steward_directory": "Approve changes of the directory, and read in other authorities' directories",
    "work_themes": "Make themes of unmet needs in the area, work them and escalate them; they name nobody",
    "answer_escalated_needs": "Answer themes of unmet need that were escalated",
    "import_records": "Import another system's records",
    "load_feeds": "Load partners' files, see what they hold, and take a load back",
    "see_families_of_concern": "See families of concern in the area, with the evidence, and decide on them",
    "work_out_concerns": "Have the rules of concern worked out again, and see how right and how fair each is",
    "link_feeds": "Link the people of partners' files, and decide which records are one person",
    "see_claims": "See programme claims in the area, with their evidence, which names nobody",
    "make_claims": "Name the needs of a plan for a programme, make claims and withdraw them",
    "check_claims": "Accept claims that somebody else made, or return them",
    "audit_claims": "Draw a sample of accepted claims, and note what was found",
    "lead_audits": "Draw samples of assessments for audit in the area, name auditors, moderate and send findings; it opens no family",
    "audit_assessments": "Grade assessments that one was named to audit: each opened for that alone",
    "coordinate_volunteers": "Recruit, check and match volunteers in the area, and note their hours; it opens no family",
    "approve_volunteers": "Approve volunteers of the area whom somebody else recruited",
    "see_courses": "See courses, book a place on one, and see what training one holds and needs",
    "see_team_training": "See what training one’s own people hold and need, and book places for them",
    "lead_workforce": "Put on courses, and see what training is held and missing in the area, in every organisation; it opens no family",
    "see_ledger": "See where money came from and went: the whole ledger, or the shares of one's district; it names nobody who is helped",
    "keep_ledger": "Keep the ledger: name sources, allocate, commit, pay, recover and reverse, for the whole authority",
    "see_value": "See what was bought came to: social return and money invested to save, with every assumption; it names nobody",
    "value_contracts": "Work out what contracts and programmes were worth, and model money invested to save",
    "hold_budget": "Hold a budget within its limits, and approve purchases from it",
    "see_intentions": "See in the area what families need beside what is meant to be bought for it, grants and bids; it names nobody",
    "write_intentions": "Write what is meant to be bought and why, and review partners' bids for outside funding",
    "ask_for_grants": "Ask for small grants for one's own organisation, and tell of its bids for outside funding",
    "decide_grants": "Open rounds of small grants, and decide and pay each",
    "run_tenders": "Write, publish and award tenders, for the whole authority; bids stay sealed to whoever does until they are opened",
    "see_tenders": "Open the list of tenders, keep a passphrase of one, and score bids where one was named to",
    "bid_for_tenders": "Bid for one’s organisation, and ask about open calls",
    "make_exports": "Make files of the area's families for inspectors and others: they name children, and each is on record",
    "see_contracts": "See contracts, what was reached, visited and paid: all, or those with a part in one's district; they name nobody",
    "check_contracts": "Visit what is bought in the district, certify its milestones, and verify outcomes of families that one may open",
    "run_contracts": "Write, vary, pay and end contracts, for the whole authority",
    "sign_contracts": "Sign contracts for the whole authority, as one of two",
    "deliver_contracts": "See the contracts of one’s own organisation, say what is reached, and claim outcomes",
    "see_counts": "See counts that name nobody",
    "type_figures": "Type what projects achieved, for the whole authority, where nothing here can count it",
    "write_reports": "Write the district's quarterly report, or the authority's own, from the figures of the records",
    "approve_reports": "Approve reports that somebody else wrote, which freezes them, or send them back",
    "publish_reports": "Publish approved reports to everybody, with small numbers left out",
    "set_local_targets": "Set the area's own targets beside the authority's, for its service-level agreement",
    "administer": "Look after organisations, teams and settings",
}

# A role with any of these is given by an administrator only: a manager gives what a manager's work needs.
GIVEN_BY_ADMINISTRATORS = (
    "administer",
    "import_records",
    "govern_restricted",
    "govern_agreements",
    "load_feeds",
    "link_feeds",
    "told_of_restricted_searches",
    "decide_step_up",
    "request_step_down",
    "keep_ledger",
)

# Roles that somebody of a partner agency may hold; the others act for the authority and are held by its own people.
HELD_BY_PARTNERS = ("practitioner", "panel_chair", "panel_coordinator", "manager", "provider", "board_member")

# Roles whose own task is to lead cases; others that may work on a case do it beside another task.
FAMILY_WORK = ("practitioner", "development_officer", "senior_development_officer", "provider")


@dataclass(frozen=True)
class Role:
    """A role's name on screen and its permissions."""

    name: str
    permissions: frozenset[str]

    @property
    def reserved(self) -> bool:
        """Whether only an administrator gives it."""
        return not self.permissions.isdisjoint(GIVEN_BY_ADMINISTRATORS)


def _role(name: str, *permissions: str) -> Role:
    unknown = set(permissions) - set(PERMISSIONS)
    if unknown:
        raise ValueError(f"The role {name} has permissions nobody has described: {sorted(unknown)}.")
    return Role(name, frozenset(permissions))


_PRACTICE = (
    "ask_for_help",
    "add_person",
    "work_case",
    "record_universal_activity",
    "see_panels",
    "see_missed_opportunities",
    "see_courses",
)
_AREA = ("open_open_families_in_area", "see_requests_in_area", "see_team_work")

ROLES: dict[str, Role] = {
    "practitioner": _role("Practitioner", *_PRACTICE, "hold_budget"),
    "front_door_officer": _role(
        "Front door officer",
        *_PRACTICE,
        *_AREA,
        "open_closed_families_in_area",
        "decide_request",
        "note_telephone_request",
        "allocate_case",
        "link_people",
    ),
    "safeguarding_hub_social_worker": _role(
        "Safeguarding hub social worker",
        "ask_for_help",
        "add_person",
        "work_case",
        "decide_step_up",
        "request_step_down",
        "told_of_restricted_searches",
        "see_panels",
        "see_courses",
    ),
    "panel_chair": _role("Panel chair", *_PRACTICE, "hold_budget", "see_tenders"),
    "panel_coordinator": _role(
        "Panel coordinator",
        "ask_for_help",
        "add_person",
        "record_universal_activity",
        "work_themes",
        "see_panels",
        "see_missed_opportunities",
        "see_courses",
    ),
    "development_officer": _role(
        "Development officer",
        *_PRACTICE,
        *_AREA,
        "see_families_of_concern",
        "work_themes",
        "see_counts",
        "steward_directory",
        "set_up_panels",
        "see_ledger",
        "see_value",
        "hold_budget",
        "see_intentions",
        "see_tenders",
        "set_local_targets",
        "see_contracts",
        "check_contracts",
        "write_reports",
    ),
    "senior_development_officer": _role(
        "Senior development officer of a locality",
        *_PRACTICE,
        *_AREA,
        "see_families_of_concern",
        "sign_off_assessment",
        "see_claims",
        "make_claims",
        "check_claims",
        "work_themes",
        "see_counts",
        "steward_directory",
        "set_up_panels",
        "see_ledger",
        "see_value",
        "hold_budget",
        "see_intentions",
        "see_tenders",
        "set_local_targets",
        "see_contracts",
        "check_contracts",
        "approve_volunteers",
        "write_reports",
        "see_team_training",
    ),
    "strategic_lead": _role(
        "Strategic lead",
        "see_families_of_concern",
        "work_out_concerns",
        "see_claims",
        "check_claims",
        "answer_escalated_needs",
        "see_counts",
        "see_ledger",
        "see_value",
        "value_contracts",
        "see_intentions",
        "write_intentions",
        "see_tenders",
        "type_figures",
        "set_local_targets",
        "see_contracts",
        "sign_contracts",
        "approve_reports",
        "publish_reports",
        "see_courses",
    ),
    "manager": _role(
        "Manager",
        *_PRACTICE,
        *_AREA,
        "open_closed_families_in_area",
        "open_families_of_team",
        "allocate_case",
        "see_requests_of_organisation",
        "sign_off_assessment",
        "see_audit_trail",
        "invite_people",
        "link_people",
        "see_counts",
        "edit_own_services",
        "answer_service_referrals",
        "set_up_panels",
        "hold_budget",
        "see_tenders",
        "approve_reports",
        "see_team_training",
    ),
    "commissioner": _role(
        "Commissioner",
        "see_counts",
        "steward_directory",
        "see_ledger",
        "keep_ledger",
        "see_value",
        "value_contracts",
        "see_intentions",
        "write_intentions",
        "decide_grants",
        "run_tenders",
        "see_tenders",
        "see_contracts",
        "check_contracts",
        "run_contracts",
        "sign_contracts",
        "see_courses",
    ),
    "provider": _role(
        "Provider",
        "ask_for_help",
        "work_case",
        "record_universal_activity",
        "edit_own_services",
        "answer_service_referrals",
        "see_panels",
        "ask_for_grants",
        "bid_for_tenders",
        "deliver_contracts",
        "see_courses",
    ),
    "analyst": _role(
        "Analyst",
        "see_families_of_concern",
        "work_out_concerns",
        "see_claims",
        "make_claims",
        "see_counts",
        "see_ledger",
        "see_value",
        "load_feeds",
        "link_feeds",
        "see_tenders",
        "make_exports",
        "type_figures",
        "see_contracts",
        "write_reports",
        "see_courses",
    ),
    "quality_auditor": _role(
        "Quality auditor", "see_claims", "audit_claims", "audit_assessments", "see_counts", "see_courses"
    ),
    "quality_lead": _role(
        "Quality lead", "lead_audits", "see_counts", "approve_volunteers", "see_courses", "lead_workforce"
    ),
    "volunteer_coordinator": _role("Volunteer coordinator", "coordinate_volunteers", "see_courses"),
    "information_governance": _role(
        "Information governance officer",
        "govern_restricted",
        "govern_agreements",
        "govern_retention",
        "load_feeds",
        "link_feeds",
        "see_audit_trail",
        "told_of_restricted_searches",
        "see_tenders",
        "make_exports",
        "see_courses",
    ),
    "board_member": _role(
        "Board member",
        "answer_escalated_needs",
        "see_counts",
        "see_ledger",
        "see_value",
        "see_intentions",
        "see_tenders",
        "see_contracts",
    ),
    "elected_member": _role("Elected member", "see_counts", "see_ledger", "see_value"),
    "administrator": _role("Administrator", "administer", "invite_people", "import_records", "see_courses"),
}


def permissions_of(role: str) -> frozenset[str]:
    """The permissions of a role code; none for a code that is no longer in use."""
    return ROLES[role].permissions if role in ROLES else frozenset()
