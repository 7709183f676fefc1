"""SQL of the ledger: how far somebody sees it, what holds it in balance, and what keeps two who post at once apart. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import gate_function, gate_reads
from hearth.foundation.core.roles import GATE

_IN_FORCE = """p.user_id = reader and u.is_active and p.ended_at is null
    and p.from_on <= current_date and (p.until_on is null or p.until_on >= current_date)"""
_HELD = """from accounts_appointment p
    join accounts_user u on u.id = p.user_id
    join accounts_rolepermission r on r.role = p.role and r.permission = wanted"""


def reach() -> list[RunSQL]:
    """hearth_money_areas: districts in which a permission is held. hearth_money_whole: whether it is held for the whole authority."""
    return [
        gate_function(
            "hearth_money_areas(reader uuid, wanted text)",
            "uuid[]",
            f"""select coalesce(array_agg(distinct a.id), '{{}}') {_HELD}
                join accounts_area a on p.area_id is null or p.area_id in (a.id, a.parent_id) where {_IN_FORCE}""",
        ),
        gate_function(
            "hearth_money_whole(reader uuid, wanted text)",
            "boolean",
            f"select exists (select 1 {_HELD} where p.area_id is null and {_IN_FORCE})",
        ),
    ]


def holding_function(beside: str) -> RunSQL:
    """hearth_hold_money, with whose accounts may be held beside those of the ledger that the asker sees."""
    return gate_function(
        "hearth_hold_money(wanted uuid[])",
        "void",
        f"""select 1 from money_account a where a.id = any(wanted)
            and (hearth_money_whole(hearth_reader(), 'see_ledger') or hearth_money_whole(hearth_reader(), 'keep_ledger')
                or exists (select 1 from money_share s where s.id = a.share_id
                    and s.area_id = any(hearth_money_areas(hearth_reader(), 'see_ledger'))){beside})
            order by a.id for no key update""",
        volatility="volatile",
    )


def holding() -> list[RunSQL]:
    """hearth_hold_money: the accounts that somebody is about to move money between wait for nobody else until they are done.

    Always in the order of their keys, so that nobody waits for somebody who waits for them. Only accounts the asker reads.
    """
    return [holding_function("")]


# A line belongs to the transaction in which its entry was written, and to no later one; and to whoever wrote it.
_ENTRY_BEGINS = """
begin
    new.posting := pg_current_xact_id()::text::bigint;
    return new;
end
"""
_LINE_BEGINS = """
begin
    if not exists (select 1 from money_entry e where e.id = new.entry_id
            and e.posting = pg_current_xact_id()::text::bigint and e.posted_by_id = hearth_reader()) then
        raise exception 'An entry that stands takes no more lines' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
"""
_LINE_COUNTS = """
begin
    update money_account set pence = pence + new.pence where id = new.account_id;
    return null;
end
"""
# Asked when the transaction ends: the lines add up to nothing, move what the entry says, stay with its source, and a
# reversal mirrors what it reverses.
_BALANCED = """
declare wanted uuid; e money_entry%rowtype;
begin
    if tg_table_name = 'money_entry' then wanted := new.id; else wanted := new.entry_id; end if;
    select * into e from money_entry x where x.id = wanted;
    if (select count(*) < 2 or sum(l.pence) <> 0 or sum(greatest(l.pence, 0)) <> e.pence from money_line l where l.entry_id = wanted) then
        raise exception 'The lines of entry % do not balance', e.reference using errcode = 'check_violation';
    end if;
    if exists (select 1 from money_line l join money_account a on a.id = l.account_id where l.entry_id = wanted
            and a.fund_id <> e.fund_id) then
        raise exception 'Entry % moves money between sources', e.reference using errcode = 'check_violation';
    end if;
    {more}    if e.reverses_id is not null and exists (
            select 1 from (select account_id, pence from money_line where entry_id = e.reverses_id) o
            full join (select account_id, -pence as pence from money_line where entry_id = wanted) m using (account_id, pence)
            where o.pence is null or m.pence is null) then
        raise exception 'Entry % does not mirror what it reverses', e.reference using errcode = 'check_violation';
    end if;
    return null;
end
"""


def balanced(more: str) -> str:
    """What is asked of an entry when its transaction ends."""
    return _BALANCED.replace("{more}", more)


_NEVER = """
begin
    raise exception 'The ledger is never edited: reverse the entry' using errcode = 'insufficient_privilege';
end
"""


def _trigger_function(name: str, body: str) -> RunSQL:
    """A trigger's function that runs as the gate, which nobody calls by itself."""
    return RunSQL(
        f"""
        create or replace function {name}() returns trigger language plpgsql security definer
            set search_path = public, pg_temp as $gate$ {body} $gate$;
        grant create on schema public to {GATE};
        alter function {name}() owner to {GATE};
        revoke create on schema public from {GATE};
        revoke all on function {name}() from public;
        """,
        f"drop function {name}()",
    )


def balance() -> list[RunSQL]:
    """The triggers that keep the ledger: lines with their entry alone, sums of accounts, balance, and nothing ever edited."""
    return [
        RunSQL(
            f"""
            grant select on money_fund, money_share, money_entry, money_line, money_account to {GATE};
            grant update (pence) on money_account to {GATE};
            """,
            f"revoke all on money_fund, money_share, money_entry, money_line, money_account from {GATE}",
        ),
        _trigger_function("hearth_entry_begins", _ENTRY_BEGINS),
        _trigger_function("hearth_line_begins", _LINE_BEGINS),
        _trigger_function("hearth_line_counts", _LINE_COUNTS),
        _trigger_function("hearth_entry_balances", balanced("")),
        _trigger_function("hearth_ledger_stands", _NEVER),
        RunSQL(
            """
            create trigger begins before insert on money_entry for each row execute function hearth_entry_begins();
            create trigger begins before insert on money_line for each row execute function hearth_line_begins();
            create trigger counts after insert on money_line for each row execute function hearth_line_counts();
            create trigger stands before update or delete on money_entry for each row execute function hearth_ledger_stands();
            create trigger stands before update or delete on money_line for each row execute function hearth_ledger_stands();
            create constraint trigger balances after insert on money_entry deferrable initially deferred
                for each row execute function hearth_entry_balances();
            create constraint trigger balances after insert on money_line deferrable initially deferred
                for each row execute function hearth_entry_balances();
            """,
            """
            drop trigger balances on money_line; drop trigger balances on money_entry;
            drop trigger stands on money_line; drop trigger stands on money_entry;
            drop trigger counts on money_line; drop trigger begins on money_line; drop trigger begins on money_entry;
            """,
        ),
    ]


_HELD_MONEY = """
    select coalesce(array_agg(distinct case what when 'budget' then b.id when 'share' then b.share_id else s.fund_id end), '{}')
    from money_budget b join money_share s on s.id = b.share_id
    where b.holder_id = reader and b.ended_at is null and (b.ends_on is null or b.ends_on >= current_date)
        and hearth_holds(reader, 'hold_budget')
"""


def _over(now: RunSQL, before: RunSQL) -> RunSQL:
    """A function in place of one that is there, and that one again on the way back."""
    return RunSQL(now.sql, before.sql)


def budgets() -> list[RunSQL]:
    """hearth_money_held: budgets that somebody holds, or their shares or sources. Holders hold accounts too; an entry keeps to its budget."""
    return [
        gate_reads("money_budget"),
        gate_function("hearth_money_held(reader uuid, what text)", "uuid[]", _HELD_MONEY),
        _over(
            holding_function(" or a.budget_id = any(hearth_money_held(hearth_reader(), 'budget'))"),
            holding_function(""),
        ),
        _over(
            _trigger_function("hearth_entry_balances", balanced(_OF_ONE_BUDGET)),
            _trigger_function("hearth_entry_balances", balanced("")),
        ),
    ]


# What a holder posts stays within their budget, and what is of no budget touches none; a reversal mirrors what it reverses.
_OF_ONE_BUDGET = """
    if e.kind not in ('delegated', 'returned', 'reversed') and exists (
            select 1 from money_line l join money_account a on a.id = l.account_id where l.entry_id = wanted
            and a.budget_id is distinct from e.budget_id) then
        raise exception 'Entry % moves money of another budget', e.reference using errcode = 'check_violation';
    end if;
"""
