"""The clock that decides whether a bid is in time: the database's own, whatever the web process believes.

`hearth_call_moment()` says what time it is to the rules, the row policies and the triggers alike. A demonstration and tests tell
histories of days that have passed: while these are told, their owner has the database listen to a stopped clock
(`listening_to_stopped_clocks`). Nobody but the owner can have it listen, and an installation in real use never does.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections
from django.db.migrations import RunSQL

from hearth.foundation.core import clock

TOLD = "hearth.moment"  # where a stopped clock says its time, for this transaction
_SAY = "select set_config(%s, %s, true), hearth_call_moment()"
_MOMENT = """
    create or replace function hearth_call_moment() returns timestamptz language sql volatile
    set search_path = pg_catalog, pg_temp as $moment$ select {} $moment$;
"""
OWN = _MOMENT.format("clock_timestamp()")
LISTENS = _MOMENT.format(f"coalesce(nullif(current_setting('{TOLD}', true), '')::timestamptz, clock_timestamp())")
# The day in London, as row policies of whole days ask it.
TODAY = "(hearth_call_moment() at time zone 'Europe/London')::date"


def moment() -> dt.datetime:
    """What time the database has, in London's time."""
    told = clock.stopped_at()  # which the database hears only while a demonstration is told, and in tests
    with connection.cursor() as cursor:
        cursor.execute(_SAY, [TOLD, told.isoformat() if told else ""])
        return clock.in_london(cursor.fetchone()[1])


@contextmanager
def listening_to_stopped_clocks(using: str = "owner") -> Iterator[None]:
    """Have the database listen to stopped clocks until the end of the block: for whoever owns it, while a history is told."""
    with connections[using].cursor() as cursor:
        cursor.execute(LISTENS)
    try:
        yield
    finally:
        with connections[using].cursor() as cursor:
            cursor.execute(OWN)


# A bid is stamped, and withdrawn, by that clock; a tender is opened by it. What the web process says of the time is written over.
_BID_IN_TIME = """
declare deadline timestamptz; moment timestamptz := hearth_call_moment();
begin
    select t.deadline_at into deadline from procurement_tender t where t.id = new.tender_id;
    if tg_op = 'INSERT' then
        new.sent_at := moment;
    elsif new.withdrawn_at is not distinct from old.withdrawn_at and new.replaced_at is not distinct from old.replaced_at then
        return new;
    end if;
    if deadline is null or moment >= deadline then
        raise exception 'The deadline of this call has passed' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
"""
_OPENED_IN_TIME = """
begin
    if new.opened_at is not null and old.opened_at is null then
        new.opened_at := hearth_call_moment();
        if new.opened_at < new.deadline_at then
            raise exception 'The deadline of this call has not passed' using errcode = 'insufficient_privilege';
        end if;
    end if;
    return new;
end
"""


def clocks() -> list[RunSQL]:
    """The function that says what time it is, and the triggers that ask it."""
    return [
        RunSQL(
            f"{OWN} revoke all on function hearth_call_moment() from public;"
            "grant execute on function hearth_call_moment() to hearth_web, hearth_worker, hearth_gate;",
            "drop function hearth_call_moment()",
        ),
        _trigger("procurement_bid", "hearth_bid_in_time", "insert or update", _BID_IN_TIME),
        _trigger("procurement_tender", "hearth_opened_in_time", "update", _OPENED_IN_TIME),
    ]


def _trigger(table: str, name: str, when: str, body: str) -> RunSQL:
    return RunSQL(
        f"""
        create function {name}() returns trigger language plpgsql set search_path = public, pg_temp as $in_time$ {body} $in_time$;
        create trigger in_time before {when} on {table} for each row execute function {name}();
        """,
        f"drop trigger in_time on {table}; drop function {name}()",
    )
