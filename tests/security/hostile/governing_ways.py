"""Who rightly opens the addresses of the risk log, members' requests and the strategy."""

from tests.security.hostile.way import CHECKER, DISTRICT, Way

BY_START = {
    "risks/meetings/<str:reference>/": Way(DISTRICT, "risk_meeting"),
    "risks/points/<str:reference>/": Way(DISTRICT, "risk_point"),
    "risks/<str:reference>/": Way(DISTRICT, "risk_open"),
}
GOVERNING = {
    "review_risk": Way(DISTRICT, "risk_meeting", {"risk": "risk_open.reference"}),
    "end_risk_meeting": Way(CHECKER, "risk_meeting_full", on="risk_meeting"),
    "answer_escalation": Way(CHECKER, "risk_asked"),
}
