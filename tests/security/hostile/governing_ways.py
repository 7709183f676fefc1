"""Who rightly opens the addresses of the risk log, members' requests and the strategy."""

from tests.security.hostile.way import CHECKER, DISTRICT, Way

BY_START = {
    "risks/meetings/<str:reference>/": Way(DISTRICT, "risk_meeting"),
    "risks/points/<str:reference>/": Way(DISTRICT, "risk_point"),
    "risks/<str:reference>/": Way(DISTRICT, "risk_open"),
    "members/<str:reference>/": Way(DISTRICT, "asked_open"),
    "strategies/priorities/<str:reference>/": Way(CHECKER, "strategy_priority"),
    "strategies/actions/<str:reference>/": Way(CHECKER, "strategy_action"),
    "strategies/reports/<str:reference>/": Way(CHECKER, "strategy_report"),
    "strategies/<str:reference>/": Way(CHECKER, "strategy"),
}
GOVERNING = {
    "review_risk": Way(DISTRICT, "risk_meeting", {"risk": "risk_open.reference"}),
    "end_risk_meeting": Way(CHECKER, "risk_meeting_full", on="risk_meeting"),
    "answer_escalation": Way(CHECKER, "risk_asked"),
    "decide_member_answer": Way(CHECKER, "asked_written"),
    "send_member_answer": Way(DISTRICT, "asked_approved"),
    "close_member_request": Way(DISTRICT, "asked_sent", on="member_request"),
}
