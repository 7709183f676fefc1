"""What a project achieved, and a district's target: two who change one at once, where the second sees what the first did."""

from typing import Any

from hearth.oversight.performance.agreements import actions as agreements
from hearth.oversight.performance.agreements.queries import as_set
from hearth.oversight.performance.projects import actions as projects
from hearth.oversight.performance.projects.queries import as_typed
from tests.forms.at_once import Two, row


def _type(figure: int) -> Any:
    def change(by: Any, found: Any) -> Any:
        return projects.change_figure(
            by=by, typed=found, figure=figure, source="A return", why=f"It is {figure}", seen=as_typed(found)["seen"]
        )

    return change


def _aim(figure: int) -> Any:
    def change(by: Any, found: Any) -> Any:
        return agreements.change_local_target(
            by=by, target=found, figure=figure, why=f"It is {figure}", seen=as_set(found)["seen"]
        )

    return change


TABLE = [
    Two("performance.change_figure", row("typed_figure"), _type(270), _type(280), "conflict", who=("analyst", "strategic_lead")),
    Two("performance.change_local_target", row("local_target", "area"), _aim(97), _aim(96), "conflict",
        who=("development_officer", "strategic_lead")),
]  # fmt: skip
