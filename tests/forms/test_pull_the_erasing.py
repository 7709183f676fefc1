"""A family that was worked with for years is deleted: wholly, or not at all where whoever deletes is killed; and nothing of it stays."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql

from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.foundation.ui.kept import save_draft
from hearth.oversight.governance.actions import delete_record, hold_record
from hearth.oversight.governance.erasing.functions import HANGING
from hearth.oversight.governance.finding import find_due
from hearth.oversight.governance.models import Disposal
from hearth.oversight.governance.queries import goes_with
from tests.forms.town import Town
from tests.security.hostile.concerns import worker

# Where a reference or a key of what is gone may stand, and why.
STAYS = {
    "governance_disposal": "that it was deleted, by which rule, by whom and when",
    "audit_auditevent": "the same, in the trail",
    "pghistory_context": "who did what, without of whom",
    "procrastinate_jobs": "ids of messages that wait, for thirty days",
    "procrastinate_events": "the same",
    "exports_exportgap": "the reference of a case in the account of a file that was made before: it goes with the file, on its last day",
}
# A rule of concern flagged somebody of it, by the key that the register knows them by.
NOTICED = """
    with made as (insert into insight_familyofconcern select (jsonb_populate_record(f, jsonb_build_object('id', gen_random_uuid(),
        'key', %(who)s::text, 'reference', 'FC-GONE346', 'names', jsonb_build_array(%(who)s::text)))).*
        from insight_familyofconcern f where f.id = (select min(id::text)::uuid from insight_familyofconcern) returning id)
    insert into insight_flag select (jsonb_populate_record(g, jsonb_build_object('id', gen_random_uuid(), 'family_id', m.id,
        'person', %(who)s::text))).* from made m, insight_flag g where g.id = (select min(id::text)::uuid from insight_flag)
"""
# Whatever goes with them has passed its time too. The database deletes by its own clock: it is the rows that are old.
LONG_AGO = """
    alter table audit_auditevent disable trigger append_only;
    update people_family set created_at = created_at - interval '9 years' where id = {family};
    update cases_case set closed_on = closed_on - interval '9 years' where family_id = {family};
    update front_door_request set received_at = received_at - interval '9 years', decided_at = decided_at - interval '9 years'
        where family_id = {family};
    update programmes_claim set created_at = created_at - interval '9 years' where family_id = {family};
    update audit_auditevent set created_at = created_at - interval '9 years' where family_id = {family};
    alter table audit_auditevent enable trigger append_only;
"""
ERASES = """
import psycopg, sys, time
there = psycopg.connect(sys.argv[1])
there.execute("select set_config('hearth.reader', %s, true)", [sys.argv[2]])
print(there.execute("select hearth_erase(%s)::text", [sys.argv[3]]).fetchone()[0], flush=True)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def gone(town: Town, django_db_blocker: Any) -> Iterator[Any]:
    """The family whose story ended: its children were born long ago, and its time has passed."""
    with django_db_blocker.unblock():
        planted = town.world.families["closed"]
        with psycopg.connect(town.owner, autocommit=True) as there:
            there.execute(
                "update people_person set born_on = '1985-02-03', birth_precision = 'full' where id in"
                " (select person_id from people_membership where family_id = %s)", [planted.family.id],
            )  # fmt: skip
            there.execute(NOTICED, {"who": str(planted.son.id)})
            there.execute(sql.SQL(LONG_AGO).format(family=sql.Literal(planted.family.id)))
        author = town.world.cast.family_worker
        save_draft_of(author, f"/cases/{planted.case.reference}/notes/add/")
        yield planted


def save_draft_of(author: Any, path: str) -> None:
    """Typing that was never saved."""
    with acting_as(author):
        save_draft(author, path, "", "one", {"words": ["Not saved"]})


def found(town: Town, reference: str) -> Disposal:
    """What the night finds of a record."""
    with worker():
        find_due()
    with acting_as(town.world.cast.information_governance):
        return Disposal.objects.get(reference=reference)


def counted(owner: str) -> dict[str, int]:
    """How many rows each table has."""
    with psycopg.connect(owner, autocommit=True) as there:
        tables = there.execute(
            "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
        ).fetchall()
        return {
            name: rows(there, sql.SQL("select count(*) from {}").format(sql.Identifier(name))) for (name,) in tables
        }


def rows(there: "psycopg.Connection", question: Any, *values: Any) -> int:
    found = there.execute(question, values or None).fetchone()
    return int(found[0]) if found else 0


def keys_of(owner: str, family: Any) -> list[str]:
    """Every key and reference of a family's own: its people, and whatever has its key."""
    asked = (
        "select id::text, reference from people_family where id = %(f)s",
        "select p.id::text, p.reference from people_person p join people_membership m on m.person_id = p.id where m.family_id = %(f)s",
        "select id::text, reference from cases_case where family_id = %(f)s",
        "select id::text, reference from assessments_assessment where family_id = %(f)s",
        "select id::text, reference from plans_plan where family_id = %(f)s",
        "select id::text, reference from front_door_request where family_id = %(f)s",
        "select id::text, reference from notes_note where family_id = %(f)s",
        "select id::text, reference from programmes_claim where family_id = %(f)s",
        "select id::text, reference from plans_plandocument where family_id = %(f)s",
    )
    with psycopg.connect(owner, autocommit=True) as there:
        return [
            key for question in asked for row in there.execute(question, {"f": family.id}).fetchall() for key in row
        ]


def where_named(owner: str, keys: list[str]) -> dict[str, int]:
    """The tables in which any of these stands in any column, and in how many rows."""
    like = [f"%{key}%" for key in keys]
    with psycopg.connect(owner, autocommit=True) as there:
        tables = there.execute(
            "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
        ).fetchall()
        question = "select count(*) from {} x where x::text like any(%s)"
        found = {name: rows(there, sql.SQL(question).format(sql.Identifier(name)), like) for (name,) in tables}
    return {name: number for name, number in found.items() if number}


def test_killed_while_it_deletes_nothing_is_deleted(town: Town, gone: Any) -> None:
    disposal = found(town, gone.family.reference)
    before = counted(town.owner)
    given = [town.addresses.web, str(town.world.cast.information_governance.id), str(disposal.id)]
    with subprocess.Popen([sys.executable, "-c", ERASES, *given], stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            assert b"people_family" in process.stdout.readline(), "everything was deleted, and is not saved yet"
        finally:
            process.kill()
    assert counted(town.owner) == before
    with acting_as(town.world.cast.information_governance):
        assert Disposal.objects.get(pk=disposal.pk).state == "due"


def test_what_changed_since_it_was_found_keeps_it(town: Town, gone: Any) -> None:
    by = town.world.cast.information_governance
    disposal = found(town, gone.family.reference)
    with psycopg.connect(town.owner, autocommit=True) as there:
        there.execute("update people_person set born_on = '1986-01-01' where id = %s", [gone.son.id])
    before = counted(town.owner)
    with acting_as(by), pytest.raises(Refused, match="changed since it was found"):
        delete_record(by=by, disposal=disposal, seen=goes_with(by, disposal).seen)
    assert counted(town.owner) == before


def test_what_goes_otherwise_than_was_seen_is_not_deleted(town: Town, gone: Any) -> None:
    by = town.world.cast.information_governance
    disposal = found(town, gone.family.reference)
    before = counted(town.owner)
    with acting_as(by), pytest.raises(Refused, match="What goes with this record changed"):
        delete_record(by=by, disposal=disposal, seen="something else")
    assert counted(town.owner) == before


def test_what_is_held_is_not_deleted_and_the_hold_ends_by_itself(town: Town, gone: Any) -> None:
    by = town.world.cast.information_governance
    disposal = found(town, gone.family.reference)
    with acting_as(by):
        hold_record(by=by, disposal=disposal, reason="An inquiry", until_on=clock.today())
        with pytest.raises(Refused, match="is held"):
            delete_record(by=by, disposal=disposal, seen=goes_with(by, disposal).seen)
    assert found(town, gone.family.reference).state == "due", "a hold takes nothing off the list"
    with psycopg.connect(town.owner, autocommit=True) as there:
        there.execute("update governance_hold set until_on = until_on - 1 where disposal_id = %s", [disposal.id])
    with acting_as(by):
        assert Disposal.objects.get(pk=disposal.pk).held is None


def test_everything_of_the_family_goes_and_nothing_of_anybody_else(town: Town, gone: Any) -> None:
    by, owner, family = town.world.cast.information_governance, town.owner, gone.family
    keys = keys_of(owner, family)
    assert len(keys) > 20 and len(where_named(owner, keys)) > 50
    disposal = found(town, family.reference)
    assert (disposal.rule, disposal.state) == ("person", "due")
    before = counted(owner)
    with acting_as(by):
        goes = goes_with(by, disposal)
        assert goes is not None
        delete_record(by=by, disposal=disposal, seen=goes.seen)
    left_over = where_named(owner, keys)
    assert set(left_over) <= set(STAYS)
    assert (left_over["audit_auditevent"], left_over["governance_disposal"]) == (1, 1), (
        "nothing but that it was deleted"
    )
    after = counted(owner)
    hanging = {table for (table,) in _asked(owner, HANGING)}
    other = {table for table in before if after[table] != before[table]} - hanging
    assert other <= {"pghistory_context"}, "a table that hangs from no family lost or gained rows"
    gone_rows = sum(
        before[table] - after[table] for table in hanging if not table.endswith("event") and table not in STAYS
    )
    assert gone_rows >= goes.total
    with acting_as(by):
        left = Disposal.objects.get(pk=disposal.pk)
        event = AuditEvent.objects.get(subject=family.reference, verb="governance.record_deleted")
        assert {hold.reason for hold in left.holds.all()} == {""}
    assert (left.reference, left.state, left.deleted_by_id) == (family.reference, "deleted", by.id)
    assert (left.record_id, left.facts, left.since_on) == (None, {}, None)
    assert (event.actor_id, event.family_id) == (by.id, None)
    assert event.detail == {"rule": "person", "due": str(disposal.due_on)}


def test_the_trail_cannot_be_deleted_by_anybody_else(town: Town) -> None:
    with psycopg.connect(town.owner) as there, pytest.raises(psycopg.Error, match="append-only"):
        there.execute("delete from audit_auditevent")


def _asked(owner: str, question: str) -> list[Any]:
    with psycopg.connect(owner, autocommit=True) as there:
        return there.execute(question).fetchall()


def test_the_eraser_may_delete_every_table_that_hangs_from_a_record(town: Town) -> None:
    """A new table with a key to a family's row: run `rights()` again in the migration that makes it."""
    may = "select t from ({}) h(t) where not has_table_privilege('hearth_eraser', t, 'delete')"
    assert _asked(town.owner, may.format(HANGING)) == []
    bare = (
        "select t from ({}) h(t) join pg_class c on c.oid = t::regclass and c.relrowsecurity"
        " where not exists (select 1 from pg_policies p where p.tablename = t and p.cmd in ('DELETE', 'ALL')"
        " and 'hearth_eraser' = any(p.roles))"
    )
    assert _asked(town.owner, bare.format(HANGING)) == []
