"""Quarterly returns: two who write, send, ask, answer, certify or correct one at once, where the second sees what the first did."""

from typing import Any

from hearth.commissioning.contracts.returns import actions, queries
from hearth.commissioning.contracts.returns.asking import actions as asking
from hearth.commissioning.contracts.returns.people import actions as people
from tests.forms.at_once import Two, row

OFFICERS, PROVIDERS = ("development_officer", "development_officer"), ("provider", "provider")
OF = ("contract__provider", "contract__manager", "contract__agreement", "organisation")


def _write(words: str) -> Any:
    def write(by: Any, found: Any) -> Any:
        rows = queries.figures(by, found)
        figures = actions.written(rows)
        said = {
            name: getattr(found, name)
            for name in ("spent_pence", "spent_words", "case_study", "consented", "names_changed")
        }
        return actions.write_return(
            by=by, owner=found, figures=figures, difficulties=words, seen=actions.seen_in_return(found, figures), **said
        )

    return write


def _answer(by: Any, found: Any) -> Any:
    return asking.answer_query(by=by, owner=found, query=queries.query_of(by, found, 1), answer="x", actual=1)


TABLE = [
    Two("returns.write_return", row("return_draft", *OF), _write("One"), _write("Another"), "conflict", who=PROVIDERS),
    Two("returns.add_person_to_list", row("return_draft", *OF),
        lambda by, r: people.add_person_to_list(by=by, owner=r, given_name="Planned", family_name="Twice"), comes="done", who=PROVIDERS),
    Two("returns.send_return", row("return_whole", *OF), lambda by, r: actions.send_return(by=by, owner=r), comes="returns.sent", who=PROVIDERS),
    Two("returns.answer_query", row("return_queried", *OF), _answer, comes="returns.answered", who=PROVIDERS),
    Two("returns.certify_return", row("return_sent", *OF), lambda by, r: asking.certify_return(by=by, owner=r), comes="returns.certified",
        who=OFFICERS),
    Two("returns.correct_return", row("return_certified", *OF), lambda by, r: actions.correct_return(by=by, owner=r, why="x"),
        comes="returns.corrected_already", who=PROVIDERS),
]  # fmt: skip
