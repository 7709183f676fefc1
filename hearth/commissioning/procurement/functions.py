"""SQL of tenders: who plays which part in one, and what of a published call can never be changed. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.commissioning.procurement.reach import BIDS
from hearth.foundation.core.policies import gate_function, gate_reads

GATED = (
    "procurement_tender", "procurement_keyholder", "procurement_scorer", "procurement_bid", "procurement_score",
)  # fmt: skip
# Nobody scores where their own organisation bids, whatever they declare.
_PART = """
    select coalesce(array_agg(t.id), '{}') from procurement_tender t where case what
        when 'opener' then exists (select 1 from procurement_keyholder k where k.tender_id = t.id and k.user_id = reader)
        when 'scorer' then exists (select 1 from procurement_scorer s where s.tender_id = t.id and s.user_id = reader)
        when 'bids' then exists (select 1 from procurement_bid b where b.tender_id = t.id and b.organisation_id = hearth_bidder(reader))
        else t.opened_at is not null and exists (select 1 from procurement_scorer s where s.tender_id = t.id and s.user_id = reader
                and s.conflict = 'none' and (what = 'scores' or s.chairs))
            and not exists (select 1 from procurement_bid b join accounts_user u on u.organisation_id = b.organisation_id
                where b.tender_id = t.id and u.id = reader and b.withdrawn_at is null and b.replaced_at is null)
        end
        and exists (select 1 from accounts_user u where u.id = reader and u.is_active)
"""
_BIDDER = f"""
    select u.organisation_id from accounts_user u where u.id = reader and u.is_active and hearth_holds(reader, '{BIDS}')
"""
# How far each scorer got, before anybody may see what another gave.
_GIVEN = """
    select s.scorer_id, count(*)::integer from procurement_score s join procurement_bid b on b.id = s.bid_id
        where b.tender_id = tender and b.withdrawn_at is null and b.replaced_at is null
        and (hearth_money_whole(hearth_reader(), 'run_tenders') or tender = any(hearth_tender_part(hearth_reader(), 'scores')))
        group by s.scorer_id
"""
# What everybody read in the call stays as they read it: above all its key, and its deadline.
_STANDS = """
begin
    if old.published_at is not null and (
        new.title, new.background, new.outcomes, new.questions_until, new.deadline_at, new.standstill_days, new.published_at,
        new.public_key, new.sealed_keys) is distinct from (
        old.title, old.background, old.outcomes, old.questions_until, old.deadline_at, old.standstill_days, old.published_at,
        old.public_key, old.sealed_keys) then
        raise exception 'A published call is not changed: withdraw it and publish another' using errcode = 'insufficient_privilege';
    end if;
    if old.opened_at is not null and new.opened_at is distinct from old.opened_at then
        raise exception 'Bids are opened once' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
"""


def parts() -> list[RunSQL]:
    """hearth_bidder: for which organisation somebody bids. hearth_tender_part: tenders in which somebody plays a part."""
    return [
        gate_reads(*GATED),
        gate_function("hearth_bidder(reader uuid)", "uuid", _BIDDER),
        gate_function("hearth_tender_part(reader uuid, what text)", "uuid[]", _PART),
        gate_function("hearth_scores_given(tender uuid)", "table (scorer uuid, given integer)", _GIVEN),
    ]


def standing() -> list[RunSQL]:
    """The trigger that keeps a published call as it was published."""
    return [
        RunSQL(
            f"""
            create function hearth_call_stands() returns trigger language plpgsql set search_path = public, pg_temp
                as $call$ {_STANDS} $call$;
            create trigger stands before update on procurement_tender for each row execute function hearth_call_stands();
            """,
            "drop trigger stands on procurement_tender; drop function hearth_call_stands();",
        )
    ]
