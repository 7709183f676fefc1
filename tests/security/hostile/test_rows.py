"""Past every page, straight at the tables as the web role: hostile readers see, change, remove and add nothing."""

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db.utils import IntegrityError

from tests.security.hostile import database

READERS = ("", "elected_member", "administrator", "police_officer", "charity_worker", "other_manager", "practitioner")
# Read by everybody who signs in, and by the sign-in itself: who works here and in which role, what was agreed, what is on offer;
# and, by whoever brings something to one, which panels there are, who sits on them and when they meet. A published call is the public's.
READ_BY_ALL = {
    "accounts_user", "accounts_userevent", "accounts_appointment", "accounts_appointmentevent", "sharing_agreement",
    "sharing_agreementevent", "accounts_organisation", "accounts_organisationevent", "accounts_team",
    "accounts_teamevent", "directory_service", "directory_directoryfeed", "directory_taxonomy", "directory_taxonomyterm",
    "directory_finderentry", "directory_finderword", "directory_directoryword",
    *(f"directory_{name}{kind}" for name in ("listedorganisation", "location", "schedule", "serviceatlocation", "serviceterm")
      for kind in ("", "event")),
    "panels_panel", "panels_panelevent", "panels_panelmember", "panels_panelmemberevent", "panels_panelmeeting",
    "panels_panelmeetingevent",
    # Which courses there are, by whoever sees courses: all but an elected member.
    *(f"workforce_{name}{kind}" for name in ("course", "courserun") for kind in ("", "event")),
    "workforce_needanswer",
    "procurement_callfile", "procurement_publishedanswer", "reports_reportedition",
    *(f"procurement_{name}{kind}" for name in ("tender", "lot", "jointshare", "criterion") for kind in ("", "event")),
}  # fmt: skip
# Read by whoever sees counts: a theme names nobody.
SEE_COUNTS = ("elected_member", "other_manager")
READ_WITH_COUNTS = {
    "unmet_theme", "unmet_themeevent", "unmet_themeaction", "unmet_themeactionevent", "unmet_thememove",
    # and what answers one, which they read with it: what is meant to be bought, without its amount or its evidence
    "needs_answeredtheme", "needs_intention", "needs_intentionevent",
    # and figures that were typed, and targets
    *(f"performance_{name}{kind}" for name in ("typedfigure", "localtarget") for kind in ("", "event")),
    "performance_exceptionreport",
    # and reports that are approved; who may not read one before that, reports/tests/test_life.py tries
    *(f"reports_{name}" for name in ("report", "reportwords", "reportwordsevent", "casestudy", "reportmove")),
}  # fmt: skip
# What is agreed is told to whoever brings something to a panel of the district.
TOLD_AT_PANELS = {"needs_intention", "needs_intentionevent"}
# Read by whoever sees the whole ledger: it names nobody who is helped.
SEE_LEDGER = ("elected_member",)
READ_WITH_LEDGER = {
    "money_fund", "money_fundevent", "money_share", "money_account", "money_entry", "money_line", "money_budget", "money_budgetevent",
}  # fmt: skip
# Read by whoever sees what things were worth, who are the same: it names nobody.
READ_WITH_VALUE = {
    f"value_{name}{kind}" for name in ("valuation", "outcome", "assumption", "investment", "caredays") for kind in ("", "event")
} | {"value_version", "value_priceindex"}  # fmt: skip
# That there is a budget, and within which limits, is read by whoever may ask from it; what is in it is not.
MAY_ASK = ("police_officer", "charity_worker", "practitioner")
READ_TO_ASK = {"money_budget", "money_budgetevent"}
# How an entry came to be what it is, is read by whoever keeps the entries of its organisation: here, of the council's own.
KEEPS_OWN_ENTRIES, READ_TO_KEEP = ("other_manager",), {"directory_serviceevent"}
# Anybody's action may tell somebody that there is news; looks are kept on a connection on which nobody reads.
ADDED_BY_ALL = {"outbox_message", "audit_auditevent", "feeds_feeddecision"}
# Who works here, where and in which role, is for administrators to say.
MAY_WRITE = {"administrator": {"accounts_appointment", "accounts_organisation", "accounts_team"}}
LONG_AGO = "2001-01-01"


@pytest.fixture(scope="package")
def planted(world: Any) -> dict[str, list[dict[str, Any]]]:
    """Every row that the planted world put into a guarded table, by table."""
    return {table: rows for table in database.guarded() if (rows := database.planted_in(table, world.began))}


@pytest.fixture
def theirs(world: Any) -> dict[str, set[str]]:
    """By key of the cast: ids of what is rightly theirs, so that rows which name one are no finding.

    An administrator keeps the families they imported until somebody has them; who asked for help keeps the request.
    """
    run, asked = world.more.run, [one.request for one in world.families.values() if hasattr(one, "request")]
    with database.undone_as(world.cast.administrator):
        rows = database.asked("select family_id, made from imports_importrow where run_id = %s", run.id)
        people = database.asked("select person_id from people_membership where family_id = %s", rows[0][0])
        made = database.asked("select id from front_door_request where reference = %s", rows[0][1])
    imported = {str(one) for (one,) in [*people, *made]} | {str(run.id), str(world.more.unread.id), str(rows[0][0])}
    return {
        "administrator": imported,
        "practitioner": {
            str(one.id) for one in [*asked, world.more.draft, world.more.universal, world.families["waiting"].document]
        },
    }


def key_in(row: dict[str, Any], table: str) -> str:
    """What identifies a row of a table."""
    return str(row[database.key_of(table)])


def found(table: str, rows: list[dict[str, Any]], reader: Any, began: int, *, reads: bool) -> Iterator[str]:
    """Read, then change and remove without asking which: nothing that was planted is among it."""
    mine, key = {key_in(row, table) for row in rows}, database.key_of(table)
    if not reads:
        with database.undone_as(reader):
            if database.tried(f'select from "{table}"') is not None:
                seen = mine & {str(one) for (one,) in database.asked(f'select "{key}" from "{table}"')}
                yield from [f"{table}: reads {len(seen)}, such as {min(seen)}"] if seen else []
    with database.undone_as(reader):
        if database.tried(f'delete from "{table}"'):
            left = {key_in(row, table) for row in database.planted_in(table, began)}
            yield from [f"{table}: removes {len(mine - left)}"] if mine - left else []
    stamp = next((name for name in ("created_at", "pgh_created_at") if name in rows[0]), None)
    with database.undone_as(reader):
        if stamp and database.tried(f'update "{table}" set "{stamp}" = %s', LONG_AGO):
            now = database.planted_in(table, began)
            changed = {key_in(row, table) for row in now if row[stamp].startswith(LONG_AGO)}
            yield from [f"{table}: changes {len(changed & mine)}"] if changed & mine else []


def added(table: str, row: dict[str, Any], reader: Any) -> Iterator[str]:
    """Put a planted row in a second time, under another key."""
    key = database.key_of(table)
    done: int | str | None
    other = row | {key: str(uuid.uuid4()) if isinstance(row[key], str) else 2_000_000_000}
    with database.undone_as(reader):
        try:
            sql = f'insert into "{table}" select * from jsonb_populate_record(null::"{table}", %s::jsonb)'
            done = database.tried(sql, json.dumps(other))
        except IntegrityError as problem:  # the policy had let it past
            done = str(problem).split("\n")[0]
    if done is not None:
        yield f"{table}: adds ({done})"


@pytest.mark.parametrize("who", READERS, ids=[who or "nobody" for who in READERS])
def test_nothing_planted_is_read_changed_removed_or_added_to(
    who: str, planted: dict[str, Any], theirs: dict[str, set[str]], world: Any
) -> None:
    reader = getattr(world.cast, who) if who else None
    own = theirs.get(who, set()) | ({str(reader.id)} if reader else set())
    faults: list[str] = []
    for table, rows in planted.items():
        if table in MAY_WRITE.get(who, ()):
            continue
        others = [row for row in rows if not any(one in json.dumps(row) for one in own)]
        if others:
            reads = table in READ_BY_ALL or (who in SEE_COUNTS and table in READ_WITH_COUNTS)
            reads |= who in SEE_LEDGER and table in READ_WITH_LEDGER | READ_WITH_VALUE
            reads |= who in MAY_ASK and table in READ_TO_ASK | TOLD_AT_PANELS
            reads |= who in KEEPS_OWN_ENTRIES and table in READ_TO_KEEP
            faults += found(table, others, reader, world.began, reads=reads)
            faults += added(table, others[0], reader) if table not in ADDED_BY_ALL else []
    assert not faults, "\n".join([f"{who or 'Nobody'}, as the web role:", *faults])


# Nothing planted is in these, with the reason.
EMPTY = {
    "account_emailaddress": "the sign-in library's own, not used",
    "account_emailconfirmation": "the sign-in library's own, not used",
    "socialaccount_socialaccount": "written by a sign-in elsewhere; the tests of accounts goes through one",
    "socialaccount_socialapp": "the sign-in library's own, not used: providers are settings",
    "socialaccount_socialtoken": "the sign-in library's own, not used: nothing is kept of a sign-in elsewhere",
    "assessments_formversion": "the authority's own form, made when the pack is loaded: it holds nobody's data",
    "quality_audittoolversion": "the questions of an audit, made when the pack is loaded: it holds nobody's data",
    "performance_measuredsum": "sums that the night counts, with no key of anybody: performance/tests/test_kept_at_night.py reads and writes them",
    "documents_letgoobject": "a trigger writes it where bytes lie in an object store; its key says nothing",
}


def test_something_is_planted_in_every_guarded_table(planted: dict[str, Any]) -> None:
    bare = set(database.guarded()) - set(planted)
    assert bare == set(EMPTY), "Plant a row (tests/security/hostile/states.py), or say here why there is none."
