"""Whatever two people do in whatever order, no text is lost and none is overwritten unseen."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.casework.assessments import answers, queries
from hearth.casework.assessments.merging import Merge, merge
from hearth.casework.assessments.models import AnswerEvent
from hearth.casework.assessments.tests.conftest import write
from hearth.foundation.core.reader import acting_as

TEXTS = st.sampled_from(["", "a", "b", "c", "d"])
VALUES = st.one_of(st.none(), TEXTS.filter(bool), st.lists(TEXTS.filter(bool), min_size=1), st.integers(0, 10))


@given(base=VALUES, typed=VALUES, current=VALUES)
def test_a_merge_writes_only_over_what_its_writer_saw(base: Any, typed: Any, current: Any) -> None:
    result = merge(base, typed, current)
    if result is Merge.WRITE:
        assert current == base and typed != current
    if result is Merge.ASK:
        assert current not in (base, typed) and typed != base
    if result is Merge.KEEP:
        assert typed in (base, current)


@given(base=VALUES, typed=VALUES)
def test_a_single_writer_is_never_asked(base: Any, typed: Any) -> None:
    assert merge(base, typed, base) is not Merge.ASK


PEOPLE, BOXES = (0, 1), ("worries", "must_change")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("open"), st.sampled_from(PEOPLE)),
        st.tuples(
            st.just("type"), st.sampled_from(PEOPLE), st.sampled_from(BOXES), st.text("abc ", min_size=0, max_size=3)
        ),
        st.tuples(st.just("save"), st.sampled_from(PEOPLE)),
    ),
    max_size=14,
)


class _Undo(Exception):
    """Ends an example: its rows are taken back."""


@pytest.fixture
def people(cast: Any) -> list[Any]:
    return [cast.family_worker, cast.manager]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_interleaving_of_two_people_loses_no_text(assessment: Any, people: list[Any], steps: list[Any]) -> None:
    with transaction.atomic():
        _play(assessment, people, steps)
        transaction.set_rollback(True)  # the next example begins afresh


def _now(by: Any, assessment: Any) -> dict[str, Any]:
    with acting_as(by):
        section = queries.form_of(assessment).section("conclusion")
        assert section is not None
        return answers.answers_on(by, assessment, section, None)


def _play(assessment: Any, people: list[Any], steps: list[Any]) -> None:
    """Each person has a page: what it showed when opened, what they typed over it, and the versions it carries."""
    pages: list[dict[str, Any]] = [{"typed": {}, "seen": {}, "shown": {}} for _ in people]
    written: list[tuple[str, str]] = []
    for step in steps:
        page, by = pages[step[1]], people[step[1]]
        if step[0] == "open":
            held = _now(by, assessment)
            shown = {box: held[box].value or "" if box in held else "" for box in BOXES}
            page.update(typed=dict(shown), seen={box: row.version for box, row in held.items()}, shown=shown)
        elif step[0] == "type":
            page["typed"][step[2]] = step[3]
        else:
            _save(assessment, by, page, written)
    _nothing_lost(people[0], assessment, written)


def _save(assessment: Any, by: Any, page: dict[str, Any], written: list[tuple[str, str]]) -> None:
    before = _now(by, assessment)
    done = write(by, assessment, "conclusion", page["typed"], page["seen"])
    after = _now(by, assessment)
    for box, text in page["typed"].items():
        current = (before[box].value if box in before else None) or ""
        now = (after[box].value if box in after else None) or ""
        if box in done.saved:
            assert current == page["shown"].get(box, ""), "wrote over a text its writer never saw"
            written.append((box, text.strip()))
        elif box in done.disputed:
            assert done.disputed[box].value == (current or None), "the other text is given back"
            assert now == current, "nothing was overwritten"
        else:
            assert now == current
        # Both texts are now before the writer: saving again is a choice.
        if box in after:
            page["seen"][box], page["shown"][box] = after[box].version, now


def _nothing_lost(by: Any, assessment: Any, written: list[tuple[str, str]]) -> None:
    """Every text that was ever saved is in the history, whatever was saved after it."""
    with acting_as(by):
        history = {(e.question, e.value or "") for e in AnswerEvent.objects.filter(assessment_id=assessment.id)}
    assert set(written) <= history
