"""Changes: a provider sends what an entry should say, a steward approves it, seen side by side."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from hearth.foundation.core import clock
from hearth.foundation.core.reader import read_as
from hearth.foundation.core.refusals import Conflict, Refused
from hearth.foundation.messages.actions import send
from hearth.records.directory.actions import write_service
from hearth.records.directory.changes import actions
from hearth.records.directory.changes.actions import (
    approve_service_change,
    decline_service_change,
    send_service_change,
    take_back_service_change,
)
from hearth.records.directory.changes.queries import to_decide
from hearth.records.directory.models import Service, ServiceChange
from hearth.records.directory.tests.conftest import ENTRY


@pytest.fixture
def sent(charity: Any, offered: Any, cast: Any, as_: Any) -> ServiceChange:
    """A change of the charity's entry, sent by its provider."""
    service = offered(charity)
    with as_(cast.provider):
        return send_service_change(
            by=cast.provider, organisation=charity, service=service, entry=ENTRY | {"fees": "£2"}, version=1
        )


def code_of(refused: Any) -> str:
    return refused.value.refusal.code


def test_nothing_is_public_until_a_steward_approves_it(sent: ServiceChange, cast: Any, as_: Any) -> None:
    read_as(None)
    assert Service.objects.get().fees == "" and not ServiceChange.objects.exists()
    with as_(cast.development_officer):
        approve_service_change(by=cast.development_officer, change=sent, version=1)
    read_as(None)
    service = Service.objects.get()
    assert (service.fees, service.version, service.confirmed_by_name) == ("£2", 2, cast.provider.full_name)


def test_a_provider_adds_an_entry_of_their_own(charity: Any, cast: Any, as_: Any) -> None:
    with as_(cast.provider):
        change = send_service_change(by=cast.provider, organisation=charity, entry=ENTRY | {"name": "New"})
    with as_(cast.commissioner):
        approved = approve_service_change(by=cast.commissioner, change=change, version=0)
        assert approved.service.name == "New" and approved.service.organisation == charity


@pytest.mark.parametrize("who", ["provider", "manager", "practitioner", "elected_member"])
def test_a_provider_edits_nobody_elses_entry(who: str, school: Any, offered: Any, cast: Any, as_: Any) -> None:
    service, by = offered(school), getattr(cast, who)
    with as_(by):
        for told in ({"service": service, "version": 1}, {}):
            with pytest.raises(Refused):
                send_service_change(by=by, organisation=school, entry=ENTRY, **told)
        with pytest.raises(ProgrammingError), transaction.atomic():
            ServiceChange(reference="SC-4F7K3QX", organisation=school, service=service, entry=ENTRY, sent_by=by).save(
                force_insert=True
            )


def test_an_entry_cannot_be_changed_under_another_organisations_name(
    charity: Any, school: Any, offered: Any, cast: Any, as_: Any
) -> None:
    theirs = offered(school)
    with as_(cast.provider), pytest.raises(Refused) as refused:
        send_service_change(by=cast.provider, organisation=charity, service=theirs, entry=ENTRY, version=1)
    assert code_of(refused) == "directory.not_yours"


def test_others_see_no_change_and_decide_none(sent: ServiceChange, cast: Any, as_: Any) -> None:
    for who in ("practitioner", "other_manager", "manager", "elected_member", "administrator"):
        by = getattr(cast, who)
        with as_(by):
            assert not ServiceChange.objects.exists(), who
            for act, told in ((approve_service_change, {"version": 1}), (decline_service_change, {"why": "No."})):
                with pytest.raises(Refused):
                    act(
                        by=by,
                        change=ServiceChange(id=sent.id, organisation=sent.organisation, sent_by=sent.sent_by),
                        **told,
                    )
            with connection.cursor() as cursor:
                cursor.execute("update directory_servicechange set state = 'approved'")
                assert cursor.rowcount == 0


def test_the_provider_cannot_approve_it_themselves(sent: ServiceChange, cast: Any, as_: Any) -> None:
    with as_(cast.charity_manager):
        with pytest.raises(Refused) as refused:
            approve_service_change(by=cast.charity_manager, change=sent, version=1)
        assert code_of(refused) == "directory.may_not_steward"
        for change in ("state = 'approved'", "entry = '{}'", f"decided_by_id = '{cast.provider.id}'"):
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"update directory_servicechange set {change}")  # noqa: S608


def test_an_entry_that_was_changed_meanwhile_is_compared_again(
    sent: ServiceChange, charity: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.commissioner):
        service = Service.objects.get()
        write_service(
            by=cast.commissioner, organisation=charity, service=service, entry=ENTRY | {"alert": "Shut."}, version=1
        )
        with pytest.raises(Refused) as refused:
            approve_service_change(by=cast.commissioner, change=sent, version=1)
        assert code_of(refused) == "directory.entry_changed"
        approve_service_change(by=cast.commissioner, change=sent, version=2)


def test_a_change_is_decided_once_and_one_waits_at_a_time(
    sent: ServiceChange, charity: Any, cast: Any, as_: Any
) -> None:
    service = sent.service
    with as_(cast.provider):
        with pytest.raises(Refused) as refused:
            send_service_change(by=cast.provider, organisation=charity, service=service, entry=ENTRY, version=1)
        assert code_of(refused) == "directory.change_waits"
        take_back_service_change(by=cast.provider, change=sent)
        second = send_service_change(by=cast.provider, organisation=charity, service=service, entry=ENTRY, version=1)
    with as_(cast.commissioner):
        for change in (sent, second):
            if change is second:
                decline_service_change(by=cast.commissioner, change=change, why="Say when.")
            with pytest.raises(Refused) as refused:
                approve_service_change(by=cast.commissioner, change=change, version=1)
            assert code_of(refused) == "directory.decided"
    with as_(cast.provider):
        second.refresh_from_db()
        assert (second.state, second.decided_why) == ("declined", "Say when.")


def test_whoever_saw_an_older_entry_is_told(charity: Any, offered: Any, cast: Any, as_: Any) -> None:
    service = offered(charity)
    with as_(cast.provider), pytest.raises(Conflict):
        send_service_change(by=cast.provider, organisation=charity, service=service, entry=ENTRY, version=7)


@pytest.fixture
def told(monkeypatch: Any) -> Any:
    """What was sent, to whom: the outbox itself is read by the identity that empties it."""
    messages: list[dict[str, Any]] = []

    def noted(**message: Any) -> None:
        messages.append(message)
        send(**message)

    monkeypatch.setattr(actions, "send", noted)
    return lambda template: [each for each in messages if each["template"] == template]


def test_stewards_are_told_that_a_change_waits_and_nothing_of_what_it_says(
    told: Any, sent: ServiceChange, cast: Any, as_: Any
) -> None:
    messages = told("directory_change_waits")
    to = {each["to"] for each in messages}
    assert {cast.commissioner, cast.development_officer} <= to
    assert all(each.may("steward_directory") for each in to) and cast.provider not in to and cast.manager not in to
    assert {each["link"] for each in messages} == {"/directory/changes/"}
    found = load_words("directory_change_waits")
    assert "{{ link }}" in found and "entry." not in found and "{{ name" not in found
    with as_(cast.commissioner):
        assert to_decide(cast.commissioner) == 1
    for who in ("provider", "manager", "practitioner"):
        with as_(getattr(cast, who)):
            assert to_decide(getattr(cast, who)) == 0, who


def test_a_steward_is_told_once_a_day_of_one_organisation_and_of_nothing_of_their_own(
    told: Any, sent: ServiceChange, charity: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.provider):
        send_service_change(by=cast.provider, organisation=charity, entry=ENTRY | {"name": "Another"})
    mine = [each["key"] for each in told("directory_change_waits") if each["to"] == cast.commissioner]
    assert len(mine) == 2 and len(set(mine)) == 1, "the outbox takes one message for each key"
    with clock.frozen(clock.now() + dt.timedelta(days=1)), as_(cast.commissioner):
        send_service_change(by=cast.commissioner, organisation=charity, entry=ENTRY | {"name": "A third"})
        assert to_decide(cast.commissioner) == 2, "whoever sent a change does not decide it"
    keys = [each["key"] for each in told("directory_change_waits") if each["to"] == cast.development_officer]
    assert len(set(keys)) == 2, "the next day there is news again"
    assert len([each for each in told("directory_change_waits") if each["to"] == cast.commissioner]) == 2


def test_whoever_sent_a_change_is_told_that_it_was_decided_whatever_the_decision(
    told: Any, sent: ServiceChange, charity: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.provider):
        second = send_service_change(by=cast.provider, organisation=charity, entry=ENTRY | {"name": "Another"})
    with as_(cast.commissioner):
        approve_service_change(by=cast.commissioner, change=sent, version=1)
        decline_service_change(by=cast.commissioner, change=second, why="Zzquil: say when.")
    messages = told("directory_change_decided")
    assert [each["to"] for each in messages] == [cast.provider, cast.provider]
    assert [each["link"] for each in messages] == [f"/directory/changes/{each.reference}/" for each in (sent, second)]
    assert "Zzquil" not in str(messages)


def load_words(template: str) -> str:
    return (Path(actions.__file__).parent.parent / f"templates/messages/{template}.email.txt").read_text()
