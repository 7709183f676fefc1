"""What members asked for: put right, answered, approved, sent, closed, taken back."""

from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.seen import seen_in
from hearth.oversight.governance.member_requests import actions
from tests.forms.at_once import Two, row

OFFICERS, LEADS = ("development_officer", "development_officer"), ("strategic_lead", "strategic_lead")
OF = ("area", "owner")


def _change(words: str) -> Any:
    def change(by: Any, request: Any) -> Any:
        typed = {name: getattr(request, name) for name in actions.SAID} | {"what": words, "only_roles": ()}
        return actions.change_member_request(by=by, request=request, seen=seen_in(request, actions.SAID), **typed)

    return change


def _send(by: Any, request: Any) -> Any:
    return actions.send_member_answer(by=by, request=request, sent_on=clock.today(), sent_how="x")


TABLE = [
    Two("member_requests.change_member_request", row("asked_open", *OF), _change("One"), _change("Another"), "conflict", who=OFFICERS),
    Two("member_requests.write_member_answer", row("asked_open", *OF),
        lambda by, r: actions.write_member_answer(by=by, request=r, words="x"), comes="member_requests.written_already", who=OFFICERS),
    Two("member_requests.decide_member_answer", row("asked_written", *OF),
        lambda by, r: actions.decide_member_answer(by=by, request=r, approve=True), comes="member_requests.nothing_to_approve", who=LEADS),
    Two("member_requests.send_member_answer", row("asked_approved", *OF), _send, comes="member_requests.not_approved", who=OFFICERS),
    Two("member_requests.close_member_request", row("asked_sent", *OF), lambda by, r: actions.close_member_request(by=by, request=r),
        comes="member_requests.nothing_closes", who=OFFICERS),
    Two("member_requests.withdraw_member_request", row("asked_open", *OF),
        lambda by, r: actions.withdraw_member_request(by=by, request=r, words="x"), comes="member_requests.over", who=OFFICERS),
]  # fmt: skip
