"""The strategy of an invented authority as an action plan. Its six priorities are those of Stockton's strategy of 2014; the rest is invented."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.oversight.governance.strategy import actions

WHAT = "Children, young people and families get the help they need at the right time, and fewer need a social worker."
# Priority, then what will be done, what would show it, whose, by when (days from today), and how it stood: days ago, word, why.
PRIORITIES: tuple[tuple[str, tuple[tuple[str, str, str, int, tuple[tuple[int, str, str], ...]], ...]], ...] = (
    (
        "Improve the use of intelligence and information to inform targeting",
        (
            ("Agree with three partners what their files may be used for", "Three agreements in force", "strategic_lead", 60,
             ((150, "not_begun", "Partners are asked first."), (70, "as_planned", "Two of three are signed."))),
            ("Tell each district every quarter which needs nobody could meet", "Four reports a year", "quality_lead", -20,
             ((90, "as_planned", "The first two went."), (25, "behind", "The third waits for a district’s figures."))),
        ),
    ),
    (
        "Integrated approaches to commissioning",
        (("Write each purchase from an intention that names its need", "No tender without an intention", "commissioner", 120,
          ((40, "as_planned", "All of this year’s do."),)),),
    ),
    (
        "Well-coordinated and accessible services",
        (("One point of entry for every request, a family’s own included", "Nine of ten decided in time", "strategic_lead", -60,
          ((160, "as_planned", "It opened in two districts."), (65, "done", "It is open everywhere, and decides in time."))),),
    ),
    (
        "An effective workforce",
        (("Train every lead practitioner in scaling questions", "All in post for six months", "development_officer", 45,
          ((80, "as_planned", "Half of them."), (10, "stuck", "The trainer has left. It is in the risk log."))),),
    ),
    ("Improving the voice of children, young people and families", ()),
    ("Increasing awareness of the approach and offer", ()),
)  # fmt: skip


def tell_strategy(cast: dict[str, Any]) -> None:
    """Two years, half of it gone; a report to the board two months ago."""
    by, today = cast["strategic_lead"], clock.today()
    begun = today - dt.timedelta(days=200)
    with clock.frozen(begun), acting_as(by):
        made = actions.start_strategy(
            by=by, title="Early help and prevention", what=WHAT, from_on=begun, until_on=begun + dt.timedelta(days=730)
        )
        planned = []
        for title, acts in PRIORITIES:
            priority = actions.add_priority(by=by, strategy=made, title=title)
            for what, shows, owner, due, told in acts:
                row = actions.add_strategy_action(
                    by=by,
                    priority=priority,
                    what=what,
                    shows=shows,
                    owner=cast[owner],
                    due_on=today + dt.timedelta(days=due),
                )
                planned += [(ago, row, stands, words) for ago, stands, words in told]
    reported = False
    for ago, row, stands, words in sorted(planned, key=lambda each: -each[0]):
        with clock.frozen(today - dt.timedelta(days=ago)):
            if ago < 60 and not reported:
                _report(by, made)
                reported = True
            with acting_as(row.owner):
                actions.note_strategy_progress(by=row.owner, planned=row, stands=stands, words=words)
    shown = next(row for _, row, stands, _ in planned if stands == "done")
    with acting_as(by):
        actions.add_strategy_evidence(
            by=by,
            planned=shown,
            shown_by="measure:requests_decided_in_time",
            words="In time in each of the last three months.",
        )
        actions.add_strategy_evidence(
            by=by, planned=shown, shown_by="words", words="Referrers of two schools said so at the forum."
        )


def _report(by: Any, strategy: Any) -> None:
    with acting_as(by):
        actions.report_to_board(
            by=by,
            strategy=strategy,
            words="The door is open everywhere. We ask for two more people to keep the directory.",
        )
