"""Ways to the pages of volunteers: of the coordinator, of whoever approves, of the family's lead practitioner."""

from tests.security.hostile.filling import in_days
from tests.security.hostile.way import WORKER, Way

COORDINATOR, APPROVER = "volunteer_coordinator", "senior_development_officer"
VOLUNTEER_STARTS = {
    "volunteers/requests/<str:reference>/": Way(COORDINATOR, "volunteer_request"),
    "volunteers/matches/<str:reference>/": Way(COORDINATOR, "volunteer_match"),
    "volunteers/<str:reference>/": Way(COORDINATOR, "volunteer"),
}
VOLUNTEERING = {
    "change_volunteer": Way(COORDINATOR, "volunteer", typed={"full_name": "Rosa Renamed"}),
    "ask_for_reference": Way(COORDINATOR, "volunteer_new"),
    "note_reference": Way(COORDINATOR, "volunteer_new", {"number": "volunteer_reference"}),
    "note_check": Way(COORDINATOR, "volunteer_new", typed={"number_ends": "0417"}),
    "note_volunteer_training": Way(COORDINATOR, "volunteer_new"),
    "note_interview": Way(COORDINATOR, "volunteer_new"),
    "approve_volunteer": Way(APPROVER, "volunteer_checked"),
    "end_volunteer": Way(COORDINATOR, "volunteer_new"),
    "ask_for_volunteer": Way(WORKER, "stepped_up.case", typed={"outward": "BB11"}),
    "choose_volunteer": Way(COORDINATOR, "volunteer_request", {"volunteer": "volunteer.reference"}),
    "note_family_answer": Way(
        WORKER, "volunteer_proposed", typed={"agrees": "yes", "knows_them": ""} | in_days("starts_on", 0)
    ),
    "log_visit": Way(COORDINATOR, "volunteer_match", typed={"minutes": "5"}),
    "take_back_visit": Way(COORDINATOR, "volunteer_match", {"number": "one"}),
    "review_help": Way(COORDINATOR, "volunteer_match", typed=in_days("next_on", 20)),
}
