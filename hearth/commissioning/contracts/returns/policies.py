"""Row policies of returns and their lists. The conditions are those of reach.py. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.commissioning.contracts.reach import RUNS, in_sql, whole
from hearth.commissioning.contracts.returns.reach import CHECKS, DELIVERS, GOVERNS, OWN_PEOPLE, READS
from hearth.foundation.core.policies import append_only, events, only, protect
from hearth.records.people.policies import person_condition

RETURN, FIGURE, QUERY, CHASE = (
    f"returns_{name}" for name in ("return", "returnfigure", "returnquery", "returnchase")
)  # fmt: skip
LIST, LISTED, CHECK, MATCH = (
    f"returns_{name}" for name in ("peoplelist", "listedperson", "peoplecheck", "peoplematch")
)  # fmt: skip
ME = "hearth_reader()"
OPEN = "('draft', 'queried')"  # a return is then with its provider
# A certified return is what it was, whoever asks; that a newer version was certified in its place is all that is ever added.
_STANDS = """
begin
    if old.state = 'certified' and (to_jsonb(new) - 'replaced_at') is distinct from (to_jsonb(old) - 'replaced_at') then
        raise exception 'A certified return stands: correct it with a new version' using errcode = 'insufficient_privilege';
    end if;
    if (new.contract_id, new.organisation_id, new.quarter, new.number, new.why_again) is distinct from
            (old.contract_id, old.organisation_id, old.quarter, old.number, old.why_again) then
        raise exception 'A return stays of its contract and quarter' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
"""


def _checks(column: str = "contract_id") -> str:
    """The authority's own people who check the contract, or run contracts: in whose name the night makes returns."""
    return f"({OWN_PEOPLE} and ({in_sql('check', column)} or ({whole(RUNS)} and {in_sql('see', column)})))"


def _of(table: str, more: str = "true", column: str = "owner_id") -> str:
    return f"exists (select 1 from {RETURN} r where r.id = {table}.{column} and {more})"


def _of_list(table: str, more: str) -> str:
    return f"exists (select 1 from {LIST} l join {RETURN} r on r.id = l.owner_id where l.id = {table}.people_id and {more})"


def returns() -> list[RunSQL]:
    """A return is written by its provider while it is with it, asked about and certified by whoever checks the contract."""
    delivers, with_provider = in_sql("deliver", "r.contract_id"), f"r.state in {OPEN}"
    return [
        protect(
            RETURN,
            read=READS,
            add=f"state = 'draft' and ({_checks()} or ({DELIVERS} and number > 1))",
            change=f"({DELIVERS} and state <> 'certified') or ({OWN_PEOPLE} and {CHECKS})",
        ),
        RunSQL(
            f"""
            create function hearth_return_stands() returns trigger language plpgsql set search_path = public, pg_temp
                as $return$ {_STANDS} $return$;
            create trigger stands before update on {RETURN} for each row execute function hearth_return_stands();
            """,
            f"drop trigger stands on {RETURN}; drop function hearth_return_stands();",
        ),
        protect(
            FIGURE,
            read=_of(FIGURE),
            add=_of(FIGURE, f"r.state = 'draft' and ({delivers} or {_checks('r.contract_id')})"),
            change=_of(FIGURE, f"{with_provider} and {delivers}"),
        ),
        only(FIGURE, "profile, actual, words"),
        protect(
            QUERY,
            read=_of(QUERY),
            add=f"asked_by_id = {ME} and answered_at is null and " + _of(QUERY, f"r.state <> 'certified' and {_checks('r.contract_id')}"),
            change=_of(QUERY, f"r.state = 'queried' and {delivers}"),
        ),
        only(QUERY, "answer, after, answered_by_id, answered_at"),
        append_only(CHASE, read=_of(CHASE), add=_of(CHASE, _checks("r.contract_id"))),
        events("returns_returnevent", RETURN),
        events("returns_returnfigureevent", FIGURE),
        events("returns_returnqueryevent", QUERY),
    ]  # fmt: skip


def people() -> list[RunSQL]:
    """Names are read by the provider that wrote them, and found by information governance; totals by the authority, people by who may open them."""
    delivers, with_provider = in_sql("deliver", "r.contract_id"), f"r.state in {OPEN}"
    governs = f"(select hearth_holds({ME}, '{GOVERNS}'))"
    sees = f"{OWN_PEOPLE} and {in_sql('see', 'r.contract_id')}"
    return [
        protect(
            LIST,
            read=f"{_of(LIST)} or {governs}",
            add=f"sent_by_id = {ME} and " + _of(LIST, f"{with_provider} and {delivers}"),
            change=f"{_of(LIST, f'{with_provider} and {delivers}')} or {governs}",
        ),
        only(LIST, "agreement, file_name, not_taken, not_kept, sent_by_id, sent_at, turn"),
        protect(
            LISTED,
            read=f"{_of_list(LISTED, delivers)} or {governs}",
            add=_of_list(LISTED, f"{with_provider} and {delivers}"),
            change="false",
            remove=f"{_of_list(LISTED, f'{with_provider} and {delivers}')} or {governs}",
        ),
        protect(CHECK, read=_of_list(CHECK, sees), add="false", change="false"),
        protect(MATCH, read=f"{person_condition(MATCH)} and {_of_list(MATCH, sees)}", add="false", change="false"),
    ]  # fmt: skip
