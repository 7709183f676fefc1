"""Volunteers and whom they help."""

from hearth.oversight.quality.volunteers.models.helping import (
    Fit,
    MatchState,
    RequestState,
    VolunteerConflict,
    VolunteerMatch,
    VolunteerRequest,
    VolunteerReview,
    VolunteerVisit,
)
from hearth.oversight.quality.volunteers.models.people import (
    CameBy,
    CheckOutcome,
    Day,
    PartOfDay,
    Volunteer,
    VolunteerCheck,
    VolunteerInterview,
    VolunteerReference,
    VolunteerTraining,
)

__all__ = [
    "CameBy",
    "CheckOutcome",
    "Day",
    "Fit",
    "MatchState",
    "PartOfDay",
    "RequestState",
    "Volunteer",
    "VolunteerCheck",
    "VolunteerConflict",
    "VolunteerInterview",
    "VolunteerMatch",
    "VolunteerReference",
    "VolunteerRequest",
    "VolunteerReview",
    "VolunteerTraining",
    "VolunteerVisit",
]
