"""Row policies of rounds, applications and bids. The conditions are those of reach.py. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.commissioning.needs.reach import SEES
from hearth.commissioning.procurement.grants.reach import (
    ASKERS,
    ASKS,
    DECIDES_ALL,
    WRITES,
    of_area,
    of_own_people,
    over_area,
)
from hearth.commissioning.procurement.timekeeping import TODAY
from hearth.foundation.core.policies import append_only, events, gate_function, only, protect, row_by_row

ROUND, APPLICATION, INTEREST, BID = (
    "grants_grantround", "grants_grantapplication", "grants_grantinterest", "grants_outsidebid",
)  # fmt: skip
CONFLICTED = f"""exists (select 1 from {INTEREST} x where x.round_id = {APPLICATION}.round_id
    and x.organisation_id = {APPLICATION}.organisation_id and x.person_id = hearth_reader() and x.conflicted)"""
_MAY_ASK = f"(select hearth_holds(hearth_reader(), '{ASKS}'))"


def reach() -> list[RunSQL]:
    """hearth_grant_askers: the reader's organisation, where they may ask for it. The authority asks nothing of itself."""
    return [
        gate_function(
            "hearth_grant_askers(reader uuid)",
            "uuid[]",
            f"""select coalesce(array_agg(u.organisation_id), '{{}}') from accounts_user u
                join accounts_organisation o on o.id = u.organisation_id and not o.is_authority and o.ended_on is null
                where u.id = reader and u.is_active and hearth_holds(reader, '{ASKS}')""",
        )
    ]


def grants() -> list[RunSQL]:
    """An application is read by its organisation and by those who decide; these change it, unless they declared an interest."""
    round_ = f"select 1 from {ROUND} r where r.id = {APPLICATION}.round_id"
    awarded = f"(state = 'awarded' and exists ({round_} and {of_own_people('r.area_id')}))"
    takes = f"exists ({round_} and r.opens_on <= current_date and r.closes_on >= current_date and r.ended_at is null)"
    theirs = f"organisation_id = {ASKERS}"
    return [
        protect(
            ROUND,
            read=f"{of_area(SEES)} or ({_MAY_ASK} and opens_on <= current_date)",
            add=f"opened_by_id = hearth_reader() and {DECIDES_ALL}",
            change=DECIDES_ALL,
        ),
        only(ROUND, "ended_at, ended_why"),
        append_only(
            INTEREST,
            read=f"person_id = hearth_reader() or {DECIDES_ALL}",
            add=f"person_id = hearth_reader() and {DECIDES_ALL}",
        ),
        protect(
            APPLICATION,
            read=f"{theirs} or {DECIDES_ALL} or {awarded}",
            add=f"sent_by_id = hearth_reader() and {theirs} and state = 'sent' and {takes}",
            change=f"({theirs} and state in ('sent', 'withdrawn')) or ({DECIDES_ALL} and not {CONFLICTED})",
        ),
        only(
            APPLICATION,
            "state, withdrawn_why, decided_by_id, decided_on, reasons, awarded_pence, commitment_id, paid_on, paid_pence",
        ),
        events("grants_grantroundevent", ROUND),
        events("grants_grantapplicationevent", APPLICATION),
    ]


def by_the_databases_clock() -> list[RunSQL]:
    """A round takes applications, and is decided, by the day that the database's own clock has: decided once it takes no more."""
    round_, theirs = f"select 1 from {ROUND} r where r.id = {APPLICATION}.round_id", f"organisation_id = {ASKERS}"
    takes = f"exists ({round_} and r.opens_on <= {TODAY} and r.closes_on >= {TODAY} and r.ended_at is null)"
    closed = f"exists ({round_} and (r.closes_on < {TODAY} or r.ended_at is not null))"
    adds = row_by_row(f"sent_by_id = hearth_reader() and {theirs} and state = 'sent' and {takes}")
    changes = row_by_row(
        f"({theirs} and state in ('sent', 'withdrawn')) or ({DECIDES_ALL} and not {CONFLICTED} and {closed})"
    )
    return [
        RunSQL(
            f"""
            alter policy adds on {APPLICATION} with check ({adds});
            alter policy changes on {APPLICATION} using ({changes}) with check ({changes});
            """,
            RunSQL.noop,
        )
    ]


def bids() -> list[RunSQL]:
    """A bid is read by its organisation and by the authority's own people of the district; those who write intentions review it."""
    theirs = f"organisation_id = {ASKERS}"
    reviews = over_area(WRITES)
    return [
        protect(
            BID,
            read=f"{theirs} or {of_own_people('area_id')}",
            add=f"told_by_id = hearth_reader() and state = 'told' and ({theirs} or {reviews})",
            change=f"({theirs} and state in ('told', 'withdrawn')) or {reviews}",
        ),
        only(BID, "state, reviewed_by_id, reviewed_on, words, beside"),
        events("grants_outsidebidevent", BID),
    ]
