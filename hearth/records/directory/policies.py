"""Who reads and writes the directory. Entries are public; a steward writes them; a provider can only say that theirs is still right.

Used by migrations only.
"""

from collections.abc import Iterator

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import READERS, append_only, events, gate_function, protect

STEWARD = "(select hearth_holds(hearth_reader(), 'steward_directory'))"
PROVIDER = "(select hearth_holds(hearth_reader(), 'edit_own_services'))"


def _own(organisation: str) -> str:
    """Whether the reader's own agency keeps the entries of a listed organisation."""
    return (
        f"({PROVIDER} and exists (select 1 from directory_listedorganisation o join accounts_user u"
        f" on u.organisation_id = o.agency_id where o.id = {organisation} and u.id = hearth_reader()))"
    )


# What a provider may write without a steward: that the entry is still right, and how many places there are.
CONFIRMED = ("confirmed_on", "confirmed_by_id", "confirmed_by_name", "stale_on", "chased_on")
PLACES = ("places", "waiting_weeks", "places_as_at", "last_modified")

_GUARD = f"""
    create function hearth_guard_service() returns trigger language plpgsql
    set search_path = public, pg_temp as $$ begin
        if current_user::text in ('hearth_web', 'hearth_worker') and not {STEWARD}
            and to_jsonb(new) - array[{", ".join(f"'{name}'" for name in (*CONFIRMED, *PLACES))}]
            is distinct from to_jsonb(old) - array[{", ".join(f"'{name}'" for name in (*CONFIRMED, *PLACES))}] then
            raise insufficient_privilege using message = 'Only a steward changes what an entry of the directory says.';
        end if;
        return new;
    end $$;
    create trigger guard_service before update on directory_service for each row execute function hearth_guard_service();
"""


def public_tables() -> Iterator[RunSQL]:
    """Entries and what hangs from them: everybody reads them, and stewards write them."""
    for name in ("listedorganisation", "location"):
        yield protect(f"directory_{name}", read="true", add=STEWARD, change=STEWARD)
    yield protect(
        "directory_service",
        read="true",
        add=STEWARD,
        change=f"{STEWARD} or {_own('directory_service.organisation_id')}",
    )
    for name in ("serviceatlocation", "schedule", "serviceterm"):
        yield protect(f"directory_{name}", read="true", add=STEWARD, change="false", remove=STEWARD)
    for name in ("taxonomy", "taxonomyterm"):
        yield append_only(f"directory_{name}", read="true", add=STEWARD)
    for name in ("listedorganisation", "location", "serviceatlocation", "schedule", "serviceterm"):
        yield events(f"directory_{name}event", f"directory_{name}")
    # A confirmed entry names who confirmed it: its history is for those who look after it.
    seen = f"exists (select 1 from directory_service p where p.id = directory_serviceevent.pgh_obj_id and ({STEWARD} or {_own('p.organisation_id')}))"
    yield append_only("directory_serviceevent", read=seen, add="pg_trigger_depth() > 0")
    yield RunSQL(_GUARD, "drop trigger guard_service on directory_service; drop function hearth_guard_service()")


def stewards_tables() -> Iterator[RunSQL]:
    """Changes that wait, and readings of other directories."""
    own = _own("directory_servicechange.organisation_id")
    yield protect(
        "directory_servicechange",
        read=f"{STEWARD} or {own}",
        add=f"sent_by_id = hearth_reader() and ({STEWARD} or {own})",
    )
    # Once it is sent, a change is only decided: what a steward looks at is what the provider sent.
    yield RunSQL(
        f"revoke update on directory_servicechange from {READERS};"
        f" grant update (state, service_id, decided_by_id, decided_at, decided_why) on directory_servicechange to {READERS}",
        f"grant update on directory_servicechange to {READERS}",
    )
    # A provider takes their own back, and no more.
    yield RunSQL(
        f"""create policy decided_by_stewards on directory_servicechange as restrictive for update to {READERS}
            using (true) with check ({STEWARD} or (state in ('waiting', 'taken_back') and decided_by_id is null))""",
        "drop policy decided_by_stewards on directory_servicechange",
    )
    yield events("directory_servicechangeevent", "directory_servicechange")
    yield protect("directory_directoryfeed", read="true", add=STEWARD, change=STEWARD)
    yield protect("directory_directoryrun", read=STEWARD)
    yield append_only("directory_quarantinedentry", read=STEWARD, add=STEWARD)


def distances() -> Iterator[RunSQL]:
    """hearth_metres: how far it is between two points, as the crow flies."""
    yield RunSQL(
        """
        create function hearth_metres(lat1 double precision, lon1 double precision, lat2 double precision, lon2 double precision)
        returns double precision language sql immutable parallel safe strict set search_path = pg_catalog, pg_temp as $$
            select 12742000 * asin(least(1, sqrt(power(sin(radians(lat2 - lat1) / 2), 2)
                + cos(radians(lat1)) * cos(radians(lat2)) * power(sin(radians(lon2 - lon1) / 2), 2)))) $$
        """,
        "drop function hearth_metres",
    )


def chasing() -> Iterator[RunSQL]:
    """hearth_chase_directory: marks what will soon be stale as chased, and says whose people to ask, once for each entry and time."""
    yield RunSQL(
        """
        grant select on directory_service, directory_listedorganisation to hearth_gate;
        grant update (chased_on) on directory_service to hearth_gate;
        create policy gate on directory_service for all to hearth_gate using (true) with check (true);
        create policy gate on directory_listedorganisation for select to hearth_gate using (true);
        """,
        """
        drop policy gate on directory_service; drop policy gate on directory_listedorganisation;
        revoke all on directory_service, directory_listedorganisation from hearth_gate;
        """,
    )
    yield gate_function(
        "hearth_chase_directory(today date, before integer, again integer)",
        "table (person uuid, entries bigint)",
        """with chased as (
                update directory_service s set chased_on = today from directory_listedorganisation o
                where o.id = s.organisation_id and o.agency_id is not null and s.feed_id is null
                and s.status in ('active', 'temporarily closed')
                and (s.stale_on is null or s.stale_on <= today + before)
                and (s.chased_on is null or s.chased_on <= today - again)
                returning o.agency_id, s.id
            )
            select u.id, count(*) from chased c join accounts_user u on u.organisation_id = c.agency_id and u.is_active
            where hearth_holds(u.id, 'edit_own_services') group by u.id""",
        volatility="volatile",
    )
