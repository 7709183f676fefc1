"""Who may open a family, why and until when: written by the actions of the floors above, ended by closing."""

WHY: dict[str, str] = {
    "added_family": "Added the family",
    "made_request": "Asked for help and was given access by consent",
    "deciding": "Deciding what help to offer",
    "lead_practitioner": "Lead practitioner",
    "team_around_family": "In the team around the family",
    "manager_of_team": "The case is held by the team",
    "area": "Front door and managers of the area, while there is work",
    "area_after_closing": "Front door and manager of the area, after closing",
    "lead_after_closing": "Was lead practitioner, for a time after closing",
    "step_up": "Deciding or holding a step up to social care",
    "panel": "The family is on the list of a panel that they sit on, or were asked to",
    "moved_family": "Moved the family to another area",
    "imported": "Imported the family from another system, for thirty days",
    "audit": "Audits an assessment, until that is graded or its days have passed",
    "recorded": "Was put on another record of the same person",
}
