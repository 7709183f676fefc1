"""SQL of contracts: who reads, visits and delivers which, and what of a signed one can never be changed. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.commissioning.contracts.reach import CHECKS, DELIVERS, RUNS, SEES, SIGNS
from hearth.foundation.core.policies import gate_function, gate_reads, said_again

GATED = ("contracts_contract", "contracts_contractpart", "contracts_familydestination")

_CONTRACTOR = f"""
    select u.organisation_id from accounts_user u join accounts_organisation o on o.id = u.organisation_id
    where u.id = reader and u.is_active and not o.is_authority and hearth_holds(reader, '{DELIVERS}')
"""


def _whole(permission: str) -> str:
    return f"(select hearth_money_whole(reader, '{permission}'))"


def _part(permission: str) -> str:
    return f"""exists (select 1 from contracts_contractpart p where p.contract_id = c.id
        and p.area_id = any((select hearth_money_areas(reader, '{permission}'))::uuid[]))"""


def _sees_part() -> str:
    """A part of one of their districts, or of the whole authority, of which each district is one: it is delivered there, too."""
    areas = f"(select hearth_money_areas(reader, '{SEES}'))::uuid[]"
    return f"""exists (select 1 from contracts_contractpart p where p.contract_id = c.id
        and (p.area_id = any({areas}) or (p.area_id is null and cardinality({areas}) > 0)))"""


# What is being written is its writers' and its signers'; signed, it is also read where it is delivered, and by whoever delivers it.
_CONTRACTS = f"""
    select coalesce(array_agg(c.id), '{{}}') from contracts_contract c where case wanted
        when 'see' then {_whole(RUNS)} or {_whole(SIGNS)}
            or (c.manager_id = reader and (select hearth_holds(reader, '{SEES}')))
            or (c.state <> 'draft' and ({_whole(SEES)} or {_sees_part()} or c.provider_id = (select hearth_contractor(reader))))
        when 'check' then c.state <> 'draft' and ({_whole(RUNS)} or {_whole(CHECKS)} or {_part(CHECKS)}
            or (c.manager_id = reader and (select hearth_holds(reader, '{CHECKS}'))))
        when 'deliver' then c.state <> 'draft' and c.provider_id = (select hearth_contractor(reader))
        else false end
"""
# How many families somebody wrote a destination for: a number alone, for whoever reads the contract.
_MOVING = """
    select count(*)::integer from contracts_familydestination d
    where d.contract_id = wanted and wanted = any(hearth_contracts(hearth_reader(), 'see'))
"""
# Who agreed what with whom stays as it was signed. Its value and its last day move with a variation or a de-commissioning.
_STANDS = """
begin
    if old.signed_at is not null and (
        new.reference, new.provider_id, new.award_id, new.no_tender_why, new.starts_on, new.written_by_id, new.first_signed_by_id,
        new.first_signed_at, new.signed_by_id, new.signed_at) is distinct from (
        old.reference, old.provider_id, old.award_id, old.no_tender_why, old.starts_on, old.written_by_id, old.first_signed_by_id,
        old.first_signed_at, old.signed_by_id, old.signed_at) then
        raise exception 'A signed contract stands: vary it' using errcode = 'insufficient_privilege';
    end if;
    if old.signed_at is not null and (new.value_pence, new.title, new.what, new.needs) is distinct from
            (old.value_pence, old.title, old.what, old.needs)
            and not exists (select 1 from contracts_variation v where v.contract_id = new.id and v.state = 'in_force'
                and v.in_force_by_id = hearth_reader() and v.in_force_on = current_date) then
        raise exception 'A signed contract is changed by a variation' using errcode = 'insufficient_privilege';
    end if;
    if old.settled_at is not null and new is distinct from old then
        raise exception 'A contract that is settled stands' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
"""


def reach() -> list[RunSQL]:
    """hearth_contractor: for which organisation somebody delivers. hearth_contracts: which they see, check or deliver."""
    return [
        gate_reads(*GATED),
        gate_function("hearth_contractor(reader uuid)", "uuid", _CONTRACTOR),
        gate_function("hearth_contracts(reader uuid, wanted text)", "uuid[]", _CONTRACTS),
        gate_function("hearth_families_moving(wanted uuid)", "integer", _MOVING),
    ]


def seen_by_districts() -> list[RunSQL]:
    """hearth_contracts again: since what the whole authority pays for is seen in each of its districts."""
    return said_again([gate_function("hearth_contracts(reader uuid, wanted text)", "uuid[]", _CONTRACTS)])


# Contracts of which something is late, with who manages each: for the night's reminder, which then reads as that person.
_LATE = """
    select c.id, c.manager_id from contracts_contract c
    where c.state in ('signed', 'decommissioned') and c.settled_at is null and (
        exists (select 1 from contracts_milestone m where m.contract_id = c.id and m.state = 'due' and m.due_on < current_date)
        or exists (select 1 from contracts_outcomeclaim o where o.contract_id = c.id and o.state = 'claimed' and o.claimed_on < current_date)
        or exists (select 1 from contracts_qualityvisit v where v.contract_id = c.id and v.done_on is null and v.called_off_at is null
            and v.planned_for < current_date)
        or exists (select 1 from contracts_visitaction a join contracts_qualityvisit v on v.id = a.visit_id
            where v.contract_id = c.id and a.done_on is null and a.due_on < current_date)
        or not exists (select 1 from contracts_qualityvisit v where v.contract_id = c.id and v.done_on is not null)
        or c.ends_on < current_date)
"""
LATE_READS = ("contracts_milestone", "contracts_outcomeclaim", "contracts_qualityvisit", "contracts_visitaction")


def late() -> list[RunSQL]:
    """hearth_contracts_to_look_at: contracts that may be late with something, and their managers, for the night's reminder."""
    return [
        gate_reads(*LATE_READS),
        gate_function("hearth_contracts_to_look_at()", "table (contract uuid, manager uuid)", _LATE),
    ]


# You said, we bought: what carries out an intention, or answers a theme, and until when; for whoever brings something to a panel, and
# whoever sees what is bought. No value, and nothing of how it is delivered.
_BOUGHT = """
    select i.reference::text, c.title::text, c.ends_on, c.state = 'decommissioned'
    from contracts_contract c left join needs_intention i on i.id = c.intention_id
    where c.state <> 'draft' and (i.reference = any(intentions) or c.theme_id = theme)
        and (hearth_holds(hearth_reader(), 'see_panels') or hearth_holds(hearth_reader(), 'see_intentions')
            or hearth_holds(hearth_reader(), 'see_counts'))
    order by c.ends_on, c.title
"""


# The mark of a claim is its family's, whoever writes it: else one family could be claimed for under two marks.
_MARKED = """
begin
    if not exists (select 1 from contracts_outcomeclaim o where o.id = new.claim_id
            and o.family_mark = encode(sha256(convert_to('outcome of a family ' || new.family_id::text, 'UTF8')), 'hex')) then
        raise exception 'The mark of a claim is of its own family' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
"""


def marks() -> list[RunSQL]:
    """The trigger that holds a claim's mark to its family."""
    return [
        RunSQL(
            f"""
            create function hearth_claim_is_marked() returns trigger language plpgsql set search_path = public, pg_temp
                as $mark$ {_MARKED} $mark$;
            create trigger marked before insert on contracts_claimwords for each row execute function hearth_claim_is_marked();
            """,
            "drop trigger marked on contracts_claimwords; drop function hearth_claim_is_marked();",
        )
    ]


# A payment is reversed once, and when each of its entries is in the ledger: nobody says so of money that was paid and stays paid.
_REVERSED = """
begin
    if old.reversed_at is not null then
        raise exception 'A payment that is reversed stands' using errcode = 'insufficient_privilege';
    end if;
    if not exists (select 1 from contracts_paymentline l where l.payment_id = new.id and l.entry_id is not null)
            or exists (select 1 from contracts_paymentline l where l.payment_id = new.id and l.entry_id is not null
                and not exists (select 1 from money_entry e where e.reverses_id = l.entry_id)) then
        raise exception 'A payment is reversed in the ledger' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
"""


def reversed_once() -> list[RunSQL]:
    """The trigger that holds a payment's reversal to the ledger's."""
    return [
        RunSQL(
            f"""
            create function hearth_payment_is_reversed() returns trigger language plpgsql set search_path = public, pg_temp
                as $payment$ {_REVERSED} $payment$;
            create trigger reversed before update on contracts_payment for each row execute function hearth_payment_is_reversed();
            """,
            "drop trigger reversed on contracts_payment; drop function hearth_payment_is_reversed();",
        )
    ]


def bought() -> list[RunSQL]:
    """hearth_contracts_bought: contracts of these intentions, and of this theme, with their last day and whether they end early."""
    signature = "hearth_contracts_bought(intentions text[], theme uuid)"
    return [
        gate_function(signature, "table (intention text, title text, ends_on date, ends_early boolean)", _BOUGHT),
    ]


def standing() -> list[RunSQL]:
    """The trigger that keeps a signed contract as it was signed."""
    return [
        RunSQL(
            f"""
            create function hearth_contract_stands() returns trigger language plpgsql set search_path = public, pg_temp
                as $contract$ {_STANDS} $contract$;
            create trigger stands before update on contracts_contract for each row execute function hearth_contract_stands();
            """,
            "drop trigger stands on contracts_contract; drop function hearth_contract_stands();",
        )
    ]
