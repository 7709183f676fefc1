"""SQL of the functions that say, inside the database, what lets us share, and that end access when nothing does any more.

Used by migrations only. They see every family, so that an agreement can be ended by somebody who may open none.
"""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import gate_function
from hearth.records.people.policies import gate_changes
from hearth.records.sharing.ages import PARENTAL
from hearth.records.sharing.rules import NEWCOMER_DAYS

_DATED = "{x}.from_on <= day and ({x}.until_on is null or {x}.until_on >= day)"

# What a parent decided for a child is the child's own to decide from the eighteenth birthday on.
_OF_AGE = f"""(case when c.who_decided in ({", ".join(f"'{code}'" for code in PARENTAL)}) and c.decider_id is distinct from h.id
    and c.from_on < (h.born_on + interval '18 years')::date then (h.born_on + interval '18 years')::date end)"""

# Whose agreement is needed: everybody known to live in the home, born and living, whose record is not restricted.
# Where somebody said no, an agreement between organisations does not overrule them: only an exception in law does.
# A refusal counts wherever it was recorded, on any linked record of the person; an agreement only for its own record, so
# that linking two records can narrow what is shared and never widen it.
_CONSENT = f"""
    home as (
        select p.id, p.cluster_id, p.born_on, greatest(m.home_since_at,
            case when p.birth_precision = 'full' then p.born_on::timestamp at time zone 'Europe/London' end) as came_at
        from people_membership m join people_person p on p.id = m.person_id
        where m.family_id = f and m.until_on is null and m.lives_here and not m.hidden
        and p.died_on is null and p.birth_precision <> 'expected'
    ),
    yes as (
        select c.person_id, c.categories::text[] as categories, c.created_at, least(c.until_on, {_OF_AGE} - 1) as until_on
        from sharing_consent c join home h on h.id = c.person_id
        where c.family_id = f and c.organisation_id = o and c.decision = 'given' and c.withdrawn_at is null
        and {_DATED.format(x="c")} and coalesce(day < {_OF_AGE}, true)
    ),
    against as (
        select h.id from home h
        where (
            exists (
                select 1 from people_person r join sharing_consent c on c.person_id = r.id
                where r.cluster_id = h.cluster_id and c.organisation_id = o and c.decision = 'refused'
                and c.withdrawn_at is null and {_DATED.format(x="c")} and coalesce(day < {_OF_AGE}, true)
            )
            and not exists (
                select 1 from sharing_settlement s where s.person_id = h.id and s.organisation_id = o
                and s.set_aside_at is null and s.shares
            )
        )
        or exists (
            select 1 from sharing_settlement s where s.person_id = h.id and s.organisation_id = o
            and s.set_aside_at is null and not s.shares
        )
    ),
    newcomer as (NEWCOMERS),
    uncovered as (
        select h.id from home h where not exists (select 1 from yes y where y.person_id = h.id)
            and not exists (select 1 from newcomer n where n.id = h.id and n.until_on >= day)
        union all select id from against
    ),
    consented as (
        select 'consent' as kind,
            (select coalesce(array_agg(category order by category), '{{}}') from (
                select category from yes, unnest(yes.categories) category
                group by category having count(*) = (select count(*) from yes)) every) as categories,
            (select min(last) from (
                select case when bool_and(until_on is not null) then max(until_on) end as last from yes group by person_id
                union all select until_on from newcomer) each) as until_on
        where exists (select 1 from home) and not exists (select 1 from uncovered)
    )
"""

# Whoever came after the others agreed is still to be asked. Nothing more is opened until then; what somebody holds already
# they keep for four weeks, and no longer: else whoever writes down a birth would lose the family with it.
_NEWCOMERS = f"""
    select h.id, ((h.came_at at time zone 'Europe/London')::date + {NEWCOMER_DAYS}) as until_on from home h
    where not exists (select 1 from yes y where y.person_id = h.id)
    and not exists (select 1 from sharing_consent c where c.person_id = h.id and c.organisation_id = o)
    and exists (select 1 from yes y where y.created_at < h.came_at)
"""
_ALL_ASKED = _CONSENT.replace("NEWCOMERS", "select null::uuid as id, null::date as until_on where false")
_HELD = f"""
    with {_CONSENT.replace("NEWCOMERS", _NEWCOMERS)}
    select kind, categories, until_on from consented where cardinality(categories) > 0
"""

_BASIS = f"""
    with {_ALL_ASKED},
    agreed as (
        select 'agreement' as kind, array_agg(distinct category::text) as categories, min(a.until_on) as until_on
        from sharing_agreement a, unnest(a.categories) category
        where a.organisation_id = o and wanted = any(a.purposes::text[]) and a.ended_at is null and {_DATED.format(x="a")}
        and not exists (select 1 from against)
        having count(*) > 0
    ),
    excepted as (
        select 'exception' as kind, array_agg(distinct category::text) as categories, min(e.until_on) as until_on
        from sharing_sharingexception e, unnest(e.categories) category
        where e.family_id = f and e.organisation_id = o and e.ended_at is null and {_DATED.format(x="e")}
        having count(*) > 0
    ),
    ordinary as (
        select * from consented where cardinality(categories) > 0
        union all
        select * from agreed where not exists (select 1 from consented where cardinality(categories) > 0)
    )
    select kind, categories, until_on from ordinary where not exists (select 1 from excepted)
    union all
    select e.kind,
        (select array_agg(distinct category) from (
            select unnest(e.categories) as category union select unnest(categories) from ordinary) both_of),
        least(e.until_on, (select min(until_on) from ordinary))
    from excepted e
"""

# The access of an organisation's people to families, made what the basis that holds today says: ended, narrowed or dated.
# Which kinds of access follow the basis in everything; the others only end with it.
_FOLLOWING = "('lead_practitioner', 'team_around_family', 'manager_of_team', 'made_request')"
_PARTNERS = """
    select a.id, a.family_id, a.team_id, a.why from people_access a
    left join accounts_user u on u.id = a.user_id
    left join accounts_team t on t.id = a.team_id
    where a.ended_at is null and a.area_id is null and coalesce(u.organisation_id, t.organisation_id) = o
    and (f is null or a.family_id = f)
"""
_REALIGN = f"""
    with theirs as materialized ({_PARTNERS}),
    based as materialized (
        select t.*, b.kind, b.categories, b.until_on from theirs t
        left join lateral (
            select * from hearth_basis(t.family_id, o, 'early_help', day)
            union all
            select * from hearth_held_basis(t.family_id, o, day)
            where not exists (select 1 from hearth_basis(t.family_id, o, 'early_help', day))
        ) b on true
        where hearth_may_realign(t.family_id)
    ),
    ended as (
        update people_access a set ended_at = now() from based b where a.id = b.id and b.kind is null
        and (a.why <> 'added_family' or exists (
            select 1 from sharing_consent c where c.family_id = a.family_id and c.organisation_id = o
            and c.decision = 'refused' and c.withdrawn_at is null))
        returning a.family_id, a.team_id
    ),
    teamless as (
        update people_family g set team_id = null from ended e
        where g.id = e.family_id and g.team_id = e.team_id and e.team_id is not null returning g.id
    ),
    kept as (
        update people_access a set categories = b.categories,
            until_at = ((b.until_on + 1)::timestamp at time zone 'Europe/London')
        from based b where a.id = b.id and b.kind is not null and b.why in {_FOLLOWING}
        and (a.categories::text[], a.until_at) is distinct from (b.categories, ((b.until_on + 1)::timestamp at time zone 'Europe/London'))
        returning a.family_id
    )
    select distinct family_id, true from ended
    union all
    select distinct family_id, false from kept where family_id not in (select family_id from ended)
"""


def functions() -> list[RunSQL]:
    """hearth_basis: what lets us share a family with an organisation on a day. hearth_realign: make access say the same."""
    return [
        gate_function(
            "hearth_basis(f uuid, o uuid, wanted text, day date)",
            "table(kind text, categories text[], until_on date)",
            _BASIS,
        ),
        gate_function(
            "hearth_held_basis(f uuid, o uuid, day date)", "table(kind text, categories text[], until_on date)", _HELD
        ),
        # Whoever may open the family, and whoever governs agreements, may bring its access into line; nobody else may.
        gate_function(
            "hearth_may_realign(f uuid)",
            "boolean",
            """select hearth_holds(hearth_reader(), 'govern_agreements')
                or f = any(hearth_families(hearth_reader(), 'any'))
                or exists (select 1 from people_family g where g.id = f and (
                    g.area_id = any(hearth_areas(hearth_reader(), g.area_permission))
                    or g.team_id = any(hearth_teams(hearth_reader(), 'open_families_of_team'))))""",
        ),
        gate_changes("people_access", "people_accessevent"),
        gate_function(
            "hearth_realign(o uuid, f uuid, day date)",
            "table(family_id uuid, ended boolean)",
            _REALIGN,
            volatility="volatile",
        ),
    ]
