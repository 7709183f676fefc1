"""A write is on record, with whoever did it, or it did not happen."""

from typing import Any

import pytest

from hearth.foundation.accounts.models import User
from hearth.foundation.audit.actions import NotRecordedError, action, record
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core.reader import acting_as

pytestmark = pytest.mark.django_db


def _title(person: Any) -> str:
    return User.objects.values_list("job_title", flat=True).get(pk=person.pk)


def _call(person: Any, words: str) -> None:
    User.objects.filter(pk=person.pk).update(job_title=words)


@action
def _unrecorded(*, by: Any, words: str) -> None:
    _call(by, words)


@action
def _recorded(*, by: Any, words: str) -> None:
    _call(by, words)
    record("accounts.title_changed", subject=by, length=len(words))


@action
def _outer(*, by: Any, words: str) -> None:
    """Calls one that is on record, and says nothing of its own."""
    _recorded(by=by, words=words)


@action
def _fails_later(*, by: Any, words: str) -> None:
    _recorded(by=by, words=words)
    record("accounts.title_changed", subject=by)
    raise RuntimeError("something else went wrong")


def _events(person: Any) -> list[Any]:
    return list(AuditEvent.objects.filter(actor_id=person.pk, verb="accounts.title_changed"))


def test_an_action_that_records_nothing_is_undone(cast: Any) -> None:
    manager = cast.manager
    with acting_as(manager):
        before = _title(manager)
        for undone, why in (
            (_unrecorded, "_unrecorded recorded no audit event"),
            (_outer, "_outer recorded no audit event"),
        ):
            with pytest.raises(NotRecordedError, match=why):
                undone(by=manager, words="Head of everything")
            assert _title(manager) == before and _events(manager) == []


def test_an_action_that_is_on_record_stays_with_its_actor_and_no_words(cast: Any) -> None:
    manager = cast.manager
    with acting_as(manager):
        _recorded(by=manager, words="Head of early help")
        assert _title(manager) == "Head of early help"
        [event] = _events(manager)
    assert (event.actor_name, event.subject, event.detail) == (manager.full_name, manager.reference, {"length": 18})


def test_what_fails_after_it_was_recorded_leaves_neither_the_change_nor_the_record(cast: Any) -> None:
    manager = cast.manager
    with acting_as(manager):
        before = _title(manager)
        with pytest.raises(RuntimeError):
            _fails_later(by=manager, words="Head of everything")
        assert _title(manager) == before and _events(manager) == []


def test_nothing_is_recorded_outside_an_action_and_nobody_acts_unnamed(cast: Any) -> None:
    with acting_as(cast.manager):
        with pytest.raises(NotRecordedError, match="outside an action"):
            record("accounts.title_changed")
        with pytest.raises(TypeError, match="who is doing this"):
            _recorded(words="Nobody")  # type: ignore[call-arg]
