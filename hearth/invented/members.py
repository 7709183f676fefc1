"""What elected members asked for in an invented authority, after the minutes of 3 July 2012: one answered, one late, one to be approved."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.oversight.governance.member_requests import actions

COMMITTEE = "Cabinet Committee on Performance Improvement"


def tell_members(cast: dict[str, Any], area: Any) -> None:
    """Asked in one meeting five months ago; a fourth in the district, taken back."""
    today = clock.today()
    asked_on, lead, officer = today - dt.timedelta(days=150), cast["strategic_lead"], cast["development_officer"]
    with clock.frozen(asked_on):
        report, _, studies = (
            _note(
                lead,
                asked_on=asked_on,
                kind=kind,
                what=what,
                due_on=today + dt.timedelta(days=due),
                due_words=words,
                owner=cast[owner],
            )
            for kind, what, due, words, owner in (
                (
                    "report", "A further report on how the £8.7 million for working together with families is planned to be used.", 34,
                    "in approximately six months’ time", "commissioner",
                ),
                ("update", "A further update on young people who are not in education, employment or training.", -12, "autumn", "strategic_lead"),
                ("case_studies", "Some case studies, to show examples at a future meeting.", -60, "a future meeting", "development_officer"),
            )
        )  # fmt: skip
    with clock.frozen(today - dt.timedelta(days=75)):
        _write(officer, studies, "Three, each told by the family itself and with every name changed.")
        _decide(lead, studies, approve=False, comment="Say of each what was spent.")
        _write(officer, studies, "Three, each told by the family itself, with every name changed and what was spent.")
        _decide(lead, studies, approve=True)
    with clock.frozen(today - dt.timedelta(days=62)), acting_as(officer):
        actions.send_member_answer(by=officer, request=studies, sent_on=clock.today(), sent_how=f"{COMMITTEE}, item 5")
    with clock.frozen(today - dt.timedelta(days=40)), acting_as(officer):
        actions.close_member_request(by=officer, request=studies)
    with clock.frozen(today - dt.timedelta(days=5)):
        _write(
            cast["commissioner"],
            report,
            "It is planned in three parts, by year: £2.4 million, £3.1 million and £3.2 million.",
        )
        asked = _note(
            officer, area=area, asked_on=today - dt.timedelta(days=9), kind="figures", what="How many requests of the district wait longer than "
            "a week.", due_on=today + dt.timedelta(days=20), due_words="", owner=officer, meeting="By letter",
        )  # fmt: skip
    with acting_as(officer):
        actions.withdraw_member_request(
            by=officer, request=asked, words="By letter of last week: it stands on the page of the scorecard."
        )


def _note(by: Any, *, area: Any = None, meeting: str = COMMITTEE, **told: Any) -> Any:
    with acting_as(by):
        return actions.note_member_request(
            by=by, area=area, asked_by="The Committee" if area is None else "A member for the district", meeting=meeting, **told
        )  # fmt: skip


def _write(by: Any, request: Any, words: str) -> None:
    with acting_as(by):
        actions.write_member_answer(by=by, request=request, words=words)


def _decide(by: Any, request: Any, **told: Any) -> None:
    with acting_as(by):
        actions.decide_member_answer(by=by, request=request, **told)
