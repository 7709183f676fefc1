"""A person decides: each record is deleted or held, by information governance alone, and others' records stay."""

import datetime as dt
import uuid
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from hearth.casework.front_door.models import Request
from hearth.casework.front_door.tests.conftest import asking
from hearth.casework.panels.models import Question
from hearth.casework.panels.questions.actions import ask_without_name
from hearth.casework.panels.unmet.actions import record_unmet_need
from hearth.casework.panels.unmet.models import Theme, UnmetNeed
from hearth.casework.panels.unmet.themes.actions import start_theme
from hearth.casework.universal.actions import record_universal_activity
from hearth.casework.universal.models import UniversalActivity
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.foundation.messages.models import Message
from hearth.oversight.governance.actions import delete_record, end_hold, hold_record
from hearth.oversight.governance.finding import find_due
from hearth.oversight.governance.models import Disposal, Hold
from hearth.oversight.governance.queries import disposal_of, due_for_deletion, goes_with
from hearth.records.people.actions import join_family
from hearth.records.people.links.actions import link_people
from hearth.records.people.models import Family, Link, Person
from hearth.records.people.restrictions.actions import place_restriction

Due = Callable[..., Disposal]
# History is written by the database's own clock: what is made old here has none, or it would be of today.
WITHOUT_HISTORY = """select set_config('pgtrigger.ignore', (select array_agg(tgname)::text from pg_trigger
    where tgrelid = 'front_door_request'::regclass and tgname like 'pgtrigger_%'), true)"""


def delete(cast: Any, disposal: Disposal) -> Disposal:
    """As information governance does, having seen what goes with it."""
    by = cast.information_governance
    with acting_as(by):
        goes = goes_with(by, disposal)
        return delete_record(by=by, disposal=disposal, seen=goes.seen if goes else "")


def hold(cast: Any, disposal: Disposal, days: int = 30) -> Hold:
    """For an inquiry."""
    by = cast.information_governance
    with acting_as(by):
        return hold_record(
            by=by, disposal=disposal, reason="An inquiry.", until_on=clock.today() + dt.timedelta(days=days)
        )


def long_ago(record: str, days: int = 0) -> dt.datetime:
    """When a record was made whose time has passed by now: what deletes takes the database's own clock, which no test moves."""
    return clock.now() - dt.timedelta(days=366 * pack().retention.rule(record).years + days)


def test_nobody_deletes_early_by_naming_a_later_moment(make: Any, due: Due, cast: Any) -> None:
    years, born, by = pack().retention.rule("person").years, clock.today().year - 1, cast.information_governance
    family = make("Oldroyd", born)
    with clock.frozen(dt.date(born + years, 3, 4)):
        disposal = due(family)
        with pytest.raises(Refused, match="changed since it was found"):
            delete(cast, disposal)
    with acting_as(by), pytest.raises(DatabaseError, match="does not exist"), transaction.atomic():
        connection.cursor().execute("select hearth_erase(%s, %s)", [disposal.id, clock.now()])
    with acting_as(cast.family_worker):
        assert Family.objects.filter(pk=family.pk).exists()


def test_a_deleted_family_is_gone_and_that_it_was_deleted_stays(make: Any, due: Due, cast: Any) -> None:
    family = make("Oldroyd", 1998)
    left = delete(cast, due(family))
    with acting_as(cast.family_worker):
        assert not Family.objects.filter(pk=family.pk).exists()
        assert not Person.objects.filter(family_name="Oldroyd").exists()
    assert (left.state, left.reference, left.rule, left.deleted_by_id) == (
        "deleted", family.reference, "person", cast.information_governance.id,
    )  # fmt: skip
    with acting_as(cast.information_governance):
        events = AuditEvent.objects.filter(subject=family.reference).values_list("verb", "family_id", "detail")
        assert list(events) == [("governance.record_deleted", None, {"rule": "person", "due": str(left.due_on)})]


def test_unmet_needs_go_with_their_family_and_the_theme_they_were_in_stays(
    make: Any, due: Due, closed_case: Any, cast: Any, area: Any
) -> None:
    family, by = make("Oldroyd", 1998), cast.development_officer
    told = {"need": "housing", "age_band": "adult", "reason": "no_service", "wait": "no_wait", "instead": "Ann waits."}
    closed_case(
        family, lambda case: record_unmet_need(by=cast.family_worker, source="case", case=case, **told)
    )  # fmt: skip
    with acting_as(by):
        theme = start_theme(by=by, area=area, title="No homes", priority="high", needs=["housing"])
        assert UnmetNeed.objects.get().theme == theme
    delete(cast, due(family))
    with acting_as(by):
        assert not UnmetNeed.objects.exists() and Theme.objects.get() == theme


def test_somebody_of_two_families_stays_with_the_other(make: Any, due: Due, cast: Any) -> None:
    old, young = make("Oldroyd", 1998), make("Young", 2015)
    with acting_as(cast.family_worker):
        join_family(by=cast.family_worker, family=young, person=old.mother, role="relative", lives_here=False)
    delete(cast, due(old))
    with acting_as(cast.family_worker):
        assert Person.objects.get(pk=old.mother.pk).full_name == "Ann Oldroyd"
        assert not Person.objects.filter(pk=old.children[0].pk).exists()


def test_a_record_of_the_same_person_elsewhere_stands_alone_afterwards(make: Any, due: Due, cast: Any) -> None:
    two = make("Oldroyd", 1998), make("Young", 1999)
    old, young = sorted(
        two, key=lambda family: family.mother.pk
    )  # linked records go by the smallest key of theirs: it goes
    with acting_as(cast.manager):
        link_people(by=cast.manager, person=old.mother, other=young.mother, why="One woman.")
        assert Person.objects.get(pk=young.mother.pk).cluster_id == old.mother.pk
    delete(cast, due(old))
    with acting_as(cast.family_worker):
        left = Person.objects.get(pk=young.mother.pk)
        assert left.cluster_id == left.pk
    with acting_as(cast.manager):
        assert not Link.objects.exists()


def test_the_youngest_counts_by_every_record_of_the_same_person(make: Any, cast: Any) -> None:
    old, young = make("Oldroyd", 1998), make("Young", 2015)
    with acting_as(cast.manager):
        link_people(by=cast.manager, person=old.children[0], other=young.children[0], why="One girl.")
    assert find_due() == 0


def test_a_request_goes_with_what_it_named(cast: Any, area: Any, due: Due) -> None:
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_HISTORY)
    request, when = asking(cast, area)(consent_on=None), long_ago("request")
    with acting_as(cast.front_door_officer):
        told = {"state": "told", "received_at": when, "decided_at": when, "outcome": "advice"}
        Request.objects.filter(pk=request.pk).update(**told)
    delete(cast, due(request))
    with acting_as(cast.front_door_officer):
        assert not Request.objects.filter(pk=request.pk).exists()


def test_an_activity_goes_by_its_own_rule(cast: Any, area: Any, due: Due) -> None:
    by, universal = cast.family_worker, pack().universal
    with acting_as(by):
        made = record_universal_activity(
            by=by, area=area, kind=universal.kinds[0].code, setting=universal.settings[0].code, what="Stay and play",
            happened_on=clock.today(), achievements=[universal.achievements[0].code], adults=3,
        )  # fmt: skip
        made.pk, made.key, made.reference, made.created_at = (
            uuid.uuid4(),
            uuid.uuid4(),
            "UA-234567C",
            long_ago("universal_activity"),
        )
        made.save(force_insert=True)  # the same, years ago
    found = due(made)
    assert found.kind == "universal_activity"
    delete(cast, found)
    with acting_as(by):
        assert not UniversalActivity.objects.filter(pk=made.pk).exists()


def test_a_question_without_a_name_goes_by_its_own_rule(cast: Any, area: Any, due: Due) -> None:
    by, when = cast.charity_worker, long_ago("question")
    with clock.frozen(when), acting_as(by):
        asked = ask_without_name(by=by, area=area, themes=["housing"], words="Whom do we ring about damp?")
        assert asked.asked_at == clock.now()
    found = due(asked)
    assert (found.kind, found.rule) == ("question", "question")
    delete(cast, found)
    with acting_as(by):
        assert not Question.objects.filter(pk=asked.pk).exists()
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from panels_questionevent")
        assert cursor.fetchone() == (0,)


def test_that_messages_were_sent_goes_by_the_month(cast: Any, due: Due) -> None:
    by = cast.family_worker
    with clock.frozen(long_ago("message", days=31)), acting_as(by):
        month = clock.today().strftime("%Y-%m")
        for key, status in (("one", "sent"), ("two", "given_up")):
            told = {"key": key, "status": status, "sent_at": clock.now(), "made_by_id": by.id}
            Message(to_user_id=by.id, template="request_answered", **told).save(force_insert=True)
    with acting_as(cast.information_governance):
        assert not Disposal.objects.exists()
    found = due(SimpleNamespace(reference=f"ME-{month}"))
    with acting_as(cast.information_governance):
        goes = goes_with(cast.information_governance, found)
    assert goes is not None and goes.rows == [("Message", 2)]
    delete(cast, found)
    with acting_as(by):
        assert not Message.objects.exists()


def test_a_month_in_which_a_message_still_waits_is_not_due(cast: Any) -> None:
    by = cast.family_worker
    with acting_as(by):
        Message(to_user_id=by.id, template="request_answered", key="one", made_by_id=by.id).save(force_insert=True)
    with clock.frozen(clock.now() + dt.timedelta(days=366 * pack().retention.rule("message").years + 31)):
        assert find_due() == 0


def test_a_hold_keeps_it_and_ends_by_itself_or_by_a_person(make: Any, due: Due, cast: Any) -> None:
    by, disposal = cast.information_governance, due(make("Oldroyd", 1998))
    hold(cast, disposal, days=2)
    with pytest.raises(Refused, match="is held"):
        delete(cast, disposal)
    with pytest.raises(Refused, match="held already"):
        hold(cast, disposal)
    with acting_as(by), connection.cursor() as cursor:  # the database refuses it too
        cursor.execute("select hearth_erase(%s)", [disposal.id])
        assert cursor.fetchone() == (None,)
    with clock.frozen(clock.now() + dt.timedelta(days=3)), acting_as(by):
        assert Disposal.objects.get(pk=disposal.pk).held is None
    with acting_as(by):
        assert [row.reference for row in due_for_deletion(by, held=True).rows] == [disposal.reference]
        end_hold(by=by, disposal=disposal)
        assert not due_for_deletion(by, held=True).rows
        with pytest.raises(Refused, match="not held any more"):
            end_hold(by=by, disposal=disposal)
    assert delete(cast, disposal).state == "deleted"


@pytest.mark.parametrize("days", [-1, 5 * 366 + 1])
def test_a_hold_has_a_reason_and_a_last_day_ahead(make: Any, due: Due, cast: Any, days: int) -> None:
    disposal = due(make("Oldroyd", 1998))
    with pytest.raises(Refused, match="Give a last day"):
        hold(cast, disposal, days=days)
    with acting_as(cast.information_governance), pytest.raises(Refused, match="Say why"):
        hold_record(by=cast.information_governance, disposal=disposal, reason=" ", until_on=clock.today())


def test_a_restriction_placed_after_the_night_keeps_it(make: Any, due: Due, cast: Any) -> None:
    family = make("Oldroyd", 1998)
    disposal = due(family)
    with acting_as(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=family.mother.reference, reason="A refuge.")
    with pytest.raises(Refused, match="changed since it was found"):
        delete(cast, disposal)


OTHERS = (
    "manager",
    "county_manager",
    "administrator",
    "analyst",
    "family_worker",
    "front_door_officer",
    "charity_worker",
)


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_sees_holds_or_deletes(make: Any, due: Due, cast: Any, as_client: Any, who: str) -> None:
    disposal, by = due(make("Oldroyd", 1998)), getattr(cast, who)
    with acting_as(by), connection.cursor() as cursor:
        assert not Disposal.objects.exists() and not Disposal.objects.visible_to(by).exists()
        for sql in ("select hearth_goes_with(%s)", "select hearth_erase(%s)"):
            cursor.execute(sql, [disposal.id])
            assert cursor.fetchone() == (None,)
        for do in (
            lambda: delete_record(by=by, disposal=disposal, seen=""), lambda: end_hold(by=by, disposal=disposal),
            lambda: hold_record(by=by, disposal=disposal, reason="Mine", until_on=clock.today()),
            lambda: due_for_deletion(by), lambda: disposal_of(by, disposal.reference), lambda: goes_with(by, disposal),
        ):  # fmt: skip
            with pytest.raises(Refused, match="Information governance decides"):
                do()
    client = as_client(by)
    for name in ("due_for_deletion", "deleted_records"):
        assert client.get(reverse(name)).status_code == 403
    for name in ("disposal", "delete_record", "hold_record", "end_hold"):
        assert client.post(reverse(name, args=[disposal.reference])).status_code == 403


def test_information_governance_itself_deletes_only_by_the_one_function(make: Any, due: Due, cast: Any) -> None:
    disposal = due(make("Oldroyd", 1998))
    with acting_as(cast.information_governance):
        for sql in (
            "select hearth_gather('family', gen_random_uuid())", "delete from people_familyevent",
            "select hearth_retention_dates(current_date, null)",
            "update governance_disposal set due_on = current_date", "set local role hearth_eraser",
        ):  # fmt: skip
            with (
                pytest.raises(DatabaseError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(sql)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Disposal.objects.filter(pk=disposal.pk).update(state="deleted")
        with connection.cursor() as cursor:
            for table in ("people_family", "people_person", "governance_disposal", "governance_hold"):
                cursor.execute(f"delete from {table}")  # noqa: S608 - names of our own tables
                assert cursor.rowcount == 0


def test_the_pages_lead_from_the_list_to_a_second_look_and_to_the_deletion(
    make: Any, due: Due, cast: Any, as_client: Any
) -> None:
    family = make("Oldroyd", 1998)
    disposal, client = due(family), as_client(cast.information_governance)
    assert family.reference in client.get(reverse("due_for_deletion")).content.decode()
    page = client.get(reverse("disposal", args=[family.reference])).content.decode()
    assert "People and families" in page and "Oldroyd" not in page and "4 March 1998" in page
    assert "entry" not in page, "nobody reads names of tables"
    address = reverse("delete_record", args=[family.reference])
    with acting_as(cast.information_governance):
        goes = goes_with(cast.information_governance, disposal)
    typed = {"reference": family.reference, "sure": "on", "seen": goes.seen if goes else ""}
    for wrong in ({"sure": ""}, {"reference": "FA-3333333"}, {"reference": ""}):
        assert client.post(address, typed | wrong).status_code == 422
    answer = client.post(address, typed)
    assert answer.status_code == 302 and answer["Location"] == reverse("due_for_deletion")
    assert client.get(address).status_code == 404
    deleted = client.get(reverse("deleted_records")).content.decode()
    assert family.reference in deleted and "from when the youngest in the family was born" in deleted


def test_the_pages_hold_and_end_a_hold(make: Any, due: Due, cast: Any, as_client: Any) -> None:
    disposal, client = due(make("Oldroyd", 1998)), as_client(cast.information_governance)
    until = clock.today() + dt.timedelta(days=10)
    day = {"until_on-day": str(until.day), "until_on-month": str(until.month), "until_on-year": str(until.year)}
    answer = client.post(reverse("hold_record", args=[disposal.reference]), {"reason": "An inquiry.", **day})
    assert answer.status_code == 302
    assert "An inquiry." in client.get(reverse("disposal", args=[disposal.reference])).content.decode()
    assert client.get(reverse("delete_record", args=[disposal.reference])).status_code in (403, 409)
    assert client.post(reverse("end_hold", args=[disposal.reference])).status_code == 302
    assert client.get(reverse("end_hold", args=[disposal.reference])).status_code == 404
    assert client.get(reverse("delete_record", args=[disposal.reference])).status_code == 200


def test_a_case_that_is_closed_goes_with_its_family(make: Any, closed_case: Any, due: Due, cast: Any) -> None:
    family = make("Oldroyd", 1998)
    case = closed_case(family)
    delete(cast, due(family))
    with acting_as(cast.county_manager):
        assert not type(case).objects.filter(pk=case.pk).exists()
