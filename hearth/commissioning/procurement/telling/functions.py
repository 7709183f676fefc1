"""SQL of who is told what of a call. Only the teller's identity may ask: who bid is nobody else's to know. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.commissioning.procurement.reach import BIDS
from hearth.foundation.core.policies import gate_reads, identity_function

IDENTITY = "hearth_messages"
NEAR = "3 days"  # before a deadline, that it is near
# People by what they are told. Those who buy are told of what they do; bidders of what is published.
_WHO = """
    select f.user_id as person from procurement_callfollower f where what = 'published' and f.tender_id is null
        and not exists (select 1 from procurement_jointshare s join accounts_user u on u.organisation_id = s.organisation_id
            where s.tender_id = tender and u.id = f.user_id)
    union select h.person from (
        select f.user_id as person from procurement_callfollower f where f.tender_id = tender
        union select q.asked_by_id from procurement_supplierquestion q where q.tender_id = tender
        union select b.sent_by_id from procurement_bid b where b.tender_id = tender and b.withdrawn_at is null and b.replaced_at is null
    ) h where what in ('answered', 'deadline', 'withdrawn', 'noticed')
    union select b.sent_by_id from procurement_bid b where b.tender_id = tender and b.withdrawn_at is null and b.replaced_at is null
        and (what = 'opened' or what = 'decided' and b.lot_id::text = about)
    union select k.user_id from procurement_keyholder k where k.tender_id = tender and what in ('key', 'to_open')
        and (what = 'to_open' or k.set_at is null)
    union select s.user_id from procurement_scorer s where s.tender_id = tender and s.conflict <> 'conflict'
        and (what in ('named', 'to_score') or what in ('to_compare', 'file_held') and s.chairs)
    union select t.published_by_id from procurement_tender t where t.id = tender and what in ('question', 'to_award', 'standstill', 'file_held')
"""
_TOLD = f"""
    select w.person, t.reference::text, format('tender.%s %s %s %s', what, tender, about, w.person)
    from ({{who}}) w, procurement_tender t, accounts_user u
    where t.id = tender and u.id = w.person and u.is_active
        and (what not in ('published', 'answered', 'deadline', 'withdrawn') or hearth_holds(w.person, '{BIDS}'))
        and not exists (select 1 from outbox_message m where m.key = format('tender.%s %s %s %s', what, tender, about, w.person))
"""
_DUE = """
    select t.id, 'deadline'::text, ''::text from procurement_tender t where t.state = 'published'
        and t.deadline_at > hearth_call_moment() and t.deadline_at <= hearth_call_moment() + interval '{near}'
        and t.published_at < t.deadline_at - interval '{near}'
    union all select t.id, 'to_open', '' from procurement_tender t
        where t.state = 'published' and t.deadline_at <= hearth_call_moment()
    union all select a.tender_id, 'standstill', a.id::text from procurement_award a
        where a.published_at is null and a.standstill_until < (hearth_call_moment() at time zone 'Europe/London')::date
"""


def telling() -> list[RunSQL]:
    """hearth_call_told: who is to be told of something and was not yet. hearth_calls_due: what the clock alone brings about."""
    return [
        gate_reads(
            "procurement_callfollower", "procurement_supplierquestion", "procurement_award", "procurement_jointshare"
        ),
        *identity_function(
            IDENTITY,
            "hearth_call_told(tender uuid, what text, about text)",
            "table (person uuid, reference text, key text)",
            _TOLD.format(who=_WHO),
            volatility="volatile",
        ),
        *identity_function(
            IDENTITY,
            "hearth_calls_due()",
            "table (tender uuid, what text, about text)",
            _DUE.format(near=NEAR),
            volatility="volatile",
        ),
    ]
