"""SQL by which a provider's list is checked against casework, told to the provider without small numbers, and let go. Used by migrations only.

The check runs as the gate, since neither provider nor commissioner may read whom the other helps: names go in, and numbers come out. It
matches nothing without an agreement in force, and never finds anybody who is restricted.
"""

from django.db.migrations import RunSQL

from hearth.commissioning.contracts.reach import CHECKS, RUNS
from hearth.commissioning.contracts.returns.ours import AREAS, HELPED, MAY_BE_ANOTHERS, NOT_ANOTHERS
from hearth.foundation.core.policies import gate_function, identity_function, said_again

SURE = 4.0  # bits of odds, from which somebody on the list is taken for somebody of casework: 16 to 1
FEWEST = 5  # no total below it is told to a provider, whatever the caller says
PURPOSE = "early_help"  # what the agreement must be for
_READ = (
    "returns_return", "returns_peoplelist", "returns_listedperson", "returns_peoplecheck", "returns_peoplematch", "cases_case",
    "cases_teammember", "plans_plan", "plans_planaction", "panels_panelaction", "contracts_contract", "accounts_team", "accounts_user",
    "sharing_agreement", "contracts_contractpart", "contracts_partcommitment", "contracts_payment", "contracts_paymentline", "money_account",
    "money_line", "money_entry", "people_membership", "people_person", "people_family",
)  # fmt: skip

_LIVE = f"""exists (select 1 from sharing_agreement g where g.id = l.agreement_id and g.organisation_id = l.organisation_id
        and '{PURPOSE}' = any(g.purposes) and g.ended_at is null and g.from_on <= today and g.until_on >= today)"""
# What a provider is told of its own list. Whoever knows how many it holds knows one of two totals from the other; and whoever sends a list
# with one name more and looks again would know that one: of lists that differ by a few from another of the quarter nothing is told anew.
_FEW = f"between 1 and {FEWEST - 1}"
_BOTH_TOLD = f"cardinality(matched) not {_FEW} and many - hits not {_FEW}"
_TELL = f"""
    if l.state <> 'draft' and l.turn is distinct from was.told_turn and not exists (
        select 1 from returns_peoplecheck x join returns_peoplelist y on y.id = x.people_id join returns_return z on z.id = y.owner_id
        cross join lateral jsonb_array_elements(x.told_sets) s(other)
        where z.organisation_id = l.organisation_id and z.quarter = l.quarter and (
            (select count(*) from jsonb_array_elements_text(s.other) d(key) where not d.key = any(digests))
            + (select count(*) from unnest(digests) d(key) where not s.other ? d.key)) {_FEW}
    ) then
        update returns_peoplecheck set told_turn = l.turn, told_sets = told_sets || jsonb_build_array(to_jsonb(digests)),
            told = jsonb_build_object('listed', many,
                'both', case when {_BOTH_TOLD} then cardinality(matched) end,
                'theirs', case when {_BOTH_TOLD} then many - hits end,
                'ours', case when cardinality(mine) - cardinality(matched) not {_FEW} then cardinality(mine) - cardinality(matched) end)
            where people_id = wanted;
    end if;
"""

# The person who is likeliest of all must be of casework's own; another who is likelier still makes it unsure.
_ALIKE = """hearth_alike(who.given_words::text[], who.forms::text[], who.family_words::text[], who.born_on, who.birth_precision::text,
                who.postcode::text, who.numbers::text[]) a join people_person p on p.id = a.person_id"""
_CHECK = f"""
#variable_conflict use_column
declare
    l record; who record; best record; was record; today date := (now() at time zone 'Europe/London')::date;
    areas uuid[]; mine uuid[]; shared integer := 0; matched uuid[] := '{{}}'; hits integer := 0; maybe integer := 0;
    many integer := 0; digests text[];
begin
    perform 1 from returns_peoplelist where id = wanted for no key update;
    select p.id, p.turn, p.let_go_at, o.quarter, o.ends_on, o.state, o.organisation_id, o.contract_id, c.agreement_id,
            greatest(o.quarter, c.starts_on) as first_on, least(o.ends_on, c.ends_on) as last_on into l
        from returns_peoplelist p join returns_return o on o.id = p.owner_id join contracts_contract c on c.id = o.contract_id
        where p.id = wanted;
    if not found or l.let_go_at is not null or not (l.contract_id = any(hearth_contracts(hearth_reader(), 'deliver'))
            or l.contract_id = any(hearth_contracts(hearth_reader(), 'check'))) then
        return false;
    end if;
    delete from returns_peoplematch where people_id = wanted;
    if not {_LIVE} then
        return false;
    end if;
    areas := ({AREAS});
    mine := ({HELPED});
    for who in select * from returns_listedperson where people_id = wanted order by number, id loop
        many := many + 1;
        select p.cluster_id as key, a.odds as odds into best from {_ALIKE} order by a.odds desc, p.cluster_id = any(mine) desc limit 1;
        if best.key = any(mine) and best.odds >= {SURE} then
            hits := hits + 1;
            if not best.key = any(matched) then
                matched := matched || best.key;
                insert into returns_peoplematch (id, created_at, people_id, person_id, side, listed_id)
                    values (gen_random_uuid(), now(), wanted, best.key, 'both', who.id);
            end if;
        elsif exists (select 1 from {_ALIKE} where a.odds >= 0 and p.cluster_id = any(mine)) then
            maybe := maybe + 1;
        end if;
    end loop;
    mine := ({NOT_ANOTHERS});
    if {MAY_BE_ANOTHERS} then
        shared := cardinality(mine) - cardinality(matched);
    end if;
    insert into returns_peoplematch (id, created_at, people_id, person_id, side)
        select gen_random_uuid(), now(), wanted, m, 'ours' from unnest(mine) m where not m = any(matched);
    select coalesce(array_agg(x.digest order by x.digest), '{{}}') into digests from returns_listedperson x where x.people_id = wanted;
    insert into returns_peoplecheck (id, created_at, people_id, turn, listed, in_both, theirs, ours, unsure, shared, checked_at, told, told_sets)
        values (gen_random_uuid(), now(), wanted, l.turn, many, cardinality(matched), many - hits, cardinality(mine) - cardinality(matched),
            maybe, shared, now(), '{{}}', '[]')
        on conflict (people_id) do update set turn = excluded.turn, listed = excluded.listed, in_both = excluded.in_both,
            theirs = excluded.theirs, ours = excluded.ours, unsure = excluded.unsure, shared = excluded.shared, checked_at = excluded.checked_at;
    select x.told_turn into was from returns_peoplecheck x where x.people_id = wanted;
    {_TELL}
    return true;
end
"""

_TOLD_TO = """
    select (c.told->>'listed')::integer, (c.told->>'both')::integer, (c.told->>'theirs')::integer, (c.told->>'ours')::integer,
        c.told_turn is not distinct from p.turn
    from returns_peoplecheck c join returns_peoplelist p on p.id = c.people_id join returns_return o on o.id = p.owner_id
    where c.people_id = wanted and c.told_turn is not null and o.contract_id = any(hearth_contracts(hearth_reader(), 'deliver'))
"""

# What was paid for a contract in some days: as the ledger has it, reversals and recoveries taken off, and from joint commissioners' own books.
_PAID = """
    select case when wanted = any(hearth_contracts(hearth_reader(), 'see')) then coalesce((
        select sum(l.pence) from contracts_contractpart p join contracts_partcommitment c on c.part_id = p.id
            join money_account a on a.commitment_id = c.entry_id and a.kind = 'paid' join money_line l on l.account_id = a.id
            join money_entry e on e.id = l.entry_id where p.contract_id = wanted and e.happened_on between first_on and last_on), 0)
        + coalesce((select sum(l.pence) from contracts_payment y join contracts_paymentline l on l.payment_id = y.id and l.entry_id is null
            where y.contract_id = wanted and y.paid_on between first_on and last_on), 0) end
"""
# The same without what was reversed in the ledger of a joint commissioner's part, of which the ledger has no entry.
_PAID_STANDING = _PAID.replace(
    "where y.contract_id = wanted and", "where y.contract_id = wanted and y.reversed_at is null and"
)
# Whose work it is to make and chase the returns of a contract: its manager's, while they may; otherwise whoever has run contracts longest.
_RUNNERS = f"""
    with may as (
        select p.user_id, p.area_id, r.permission::text, min(p.from_on) as since from accounts_appointment p
        join accounts_user u on u.id = p.user_id and u.is_active
        join accounts_organisation o on o.id = u.organisation_id and o.is_authority
        join accounts_rolepermission r on r.role = p.role and r.permission in ('{RUNS}', '{CHECKS}')
        where p.ended_at is null and p.from_on <= today and (p.until_on is null or p.until_on >= today) group by 1, 2, 3
    )
    select c.id, coalesce((select m.user_id from may m where m.user_id = c.manager_id limit 1),
        (select m.user_id from may m where m.permission = '{RUNS}' and m.area_id is null order by m.since, m.user_id limit 1))
    from contracts_contract c where c.state <> 'draft' and c.settled_at is null and c.starts_on <= today order by c.reference
"""
_LET_GO = """
#variable_conflict use_column
declare old uuid[] := array(select p.id from returns_peoplelist p
    where p.let_go_at is null and p.sent_at < now() - make_interval(days => greatest(days, 1)) for update);
begin
    delete from returns_peoplematch where people_id = any(old);
    delete from returns_listedperson where people_id = any(old);
    update returns_peoplecheck set told_sets = '[]' where people_id = any(old);
    update returns_peoplelist set let_go_at = now(), file_name = '' where id = any(old);
    return cardinality(old);
end
"""


def seen_by_the_gate() -> list[RunSQL]:
    """What the functions below read and write, and nothing more of it."""
    see = "".join(
        f"grant select on {table} to hearth_gate; do $$ begin"
        f" if (select relrowsecurity from pg_class where oid = '{table}'::regclass) then"
        f" create policy returns_gate on {table} for select to hearth_gate using (true); end if; end $$;"
        for table in _READ
    )
    write = """
        grant insert, update on returns_peoplecheck to hearth_gate; grant insert, delete on returns_peoplematch to hearth_gate;
        grant delete on returns_listedperson to hearth_gate; grant update on returns_peoplelist to hearth_gate;
        create policy gate_writes on returns_peoplecheck for insert to hearth_gate with check (true);
        create policy gate_changes on returns_peoplecheck for update to hearth_gate using (true) with check (true);
        create policy gate_writes on returns_peoplematch for insert to hearth_gate with check (true);
        create policy gate_removes on returns_peoplematch for delete to hearth_gate using (true);
        create policy gate_removes on returns_listedperson for delete to hearth_gate using (true);
        create policy gate_changes on returns_peoplelist for update to hearth_gate using (true) with check (true);
    """
    unsee = "".join(f"drop policy if exists returns_gate on {table};" for table in _READ)
    unwrite = """
        drop policy gate_changes on returns_peoplelist; drop policy gate_removes on returns_listedperson;
        drop policy gate_removes on returns_peoplematch; drop policy gate_writes on returns_peoplematch;
        drop policy gate_changes on returns_peoplecheck; drop policy gate_writes on returns_peoplecheck;
    """
    return [RunSQL(see + write, unwrite + unsee)]


# Whoever is taken off a list, or erased from it, is in no total of names any more: neither provider nor officer may do that themselves.
_OFF = """
begin
    delete from returns_peoplematch where listed_id = old.id;
    return old;
end
"""


def of_authority() -> list[RunSQL]:
    """hearth_of_authority: whether somebody is one of the authority's own people."""
    return [
        gate_function(
            "hearth_of_authority(reader uuid)", "boolean",
            """select exists (select 1 from accounts_user u join accounts_organisation o on o.id = u.organisation_id and o.is_authority
                where u.id = reader and u.is_active)""",
        )
    ]  # fmt: skip


def taking_off() -> list[RunSQL]:
    """The trigger by which a person taken off a list goes from the names behind its totals."""
    return [
        RunSQL(
            f"""
            create function hearth_off_the_list() returns trigger language plpgsql security definer set search_path = public, pg_temp
                as $off$ {_OFF} $off$;
            grant create on schema public to hearth_gate;
            alter function hearth_off_the_list() owner to hearth_gate;
            revoke create on schema public from hearth_gate;
            revoke all on function hearth_off_the_list() from public;
            create trigger off_the_list before delete on returns_listedperson for each row execute function hearth_off_the_list();
            """,
            "drop trigger off_the_list on returns_listedperson; drop function hearth_off_the_list();",
        )
    ]


def checking() -> list[RunSQL]:
    """hearth_check_people: match a list and write its totals. hearth_told_totals: what the provider is told of them."""
    return [
        gate_function("hearth_check_people(wanted uuid)", "boolean", _CHECK, volatility="volatile", language="plpgsql"),
        gate_function(
            "hearth_told_totals(wanted uuid)",
            "table(listed integer, both_of_us integer, theirs integer, ours integer, is_of_this_list boolean)", _TOLD_TO,
        ),
    ]  # fmt: skip


def keeping() -> list[RunSQL]:
    """hearth_paid_for: what was paid for a contract in some days. hearth_return_runners: in whose name the night makes returns.

    hearth_let_go_of_names: the names that are kept no longer.
    """
    return [
        gate_function("hearth_paid_for(wanted uuid, first_on date, last_on date)", "bigint", _PAID),
        gate_function("hearth_return_runners(today date)", "table(contract uuid, runner uuid)", _RUNNERS),
        *identity_function(
            "hearth_tidying", "hearth_let_go_of_names(days integer)", "integer", _LET_GO, volatility="volatile", language="plpgsql"
        ),
    ]  # fmt: skip


def again() -> list[RunSQL]:
    """Since whom a provider helped is counted by the contract, and payments can be reversed."""
    words = "contracts_claimwords"
    return [
        RunSQL(
            f"grant select on {words} to hearth_gate; create policy returns_gate on {words} for select to hearth_gate using (true);",
            f"drop policy returns_gate on {words}; revoke select on {words} from hearth_gate;",
        ),
        *said_again(
            [
                checking()[0],
                gate_function("hearth_paid_for(wanted uuid, first_on date, last_on date)", "bigint", _PAID_STANDING),
            ]
        ),
    ]
