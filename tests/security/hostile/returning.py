"""Who rightly opens the addresses of returns: as `Way` of addresses.py takes them."""

from typing import Any

PROVIDER, DISTRICT, STEWARD = "provider", "development_officer", "commissioner"
RETURNS: dict[str, tuple[Any, ...]] = {
    **dict.fromkeys(("quarterly_return", "return_people", "add_person_to_list"), (PROVIDER, "return_draft")),
    "write_return": (PROVIDER, "return_draft", {}, {"actual_1": "1", "spent_pence": "1"}),
    "send_return": (PROVIDER, "return_whole"),
    "correct_return": (PROVIDER, "return_certified"),
    "query_return": (DISTRICT, "return_sent", {}, {"about": "about_spent"}),
    "answer_query": (PROVIDER, "return_queried", {"number": "one"}),
    "certify_return": (DISTRICT, "return_sent"),
    "send_people": (PROVIDER, "return_draft", {}, {"file": "people_file"}),
    "take_off_list": (PROVIDER, "return_draft", {"number": "one"}),
    "return_matches": (DISTRICT, "return_certified", {"side": "side_both"}),
    "contract_progress": (STEWARD, "contract_signed"),
}
