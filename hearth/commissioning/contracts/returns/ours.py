"""SQL of whom casework says a contract helped in a quarter: of its districts and its days, and not of another contract. Migrations only."""

# The districts that pay for it; every one, where the whole authority does.
AREAS = """select coalesce(array_agg(a.id), '{}') from accounts_area a where exists (select 1 from contracts_contractpart p
        where p.contract_id = l.contract_id and (p.area_id is null or p.area_id = a.id or p.area_id = a.parent_id))"""

# Everybody who belonged then to a family of those districts with an open case in whose team the provider's people were, that its team
# held, or in whose plan, or at whose panel, they had something to do; but for families that were named for another contract of the same
# provider, in an outcome or as moving on, and not for this one. By the first of linked records.
HELPED = """
    with named as (
        select w.family_id, o.contract_id from contracts_claimwords w join contracts_outcomeclaim o on o.id = w.claim_id
            join contracts_contract x on x.id = o.contract_id where x.provider_id = l.organisation_id and o.state <> 'withdrawn'
        union
        select d.family_id, d.contract_id from contracts_familydestination d join contracts_contract x on x.id = d.contract_id
            where x.provider_id = l.organisation_id
    ), worked as (
        select c.family_id from cases_case c where c.area_id = any(areas) and c.opened_on <= l.last_on
            and (c.closed_on is null or c.closed_on >= l.first_on) and (
            exists (select 1 from cases_teammember t left join accounts_user u on u.id = t.user_id where t.case_id = c.id
                and coalesce(u.organisation_id, t.organisation_id) = l.organisation_id and t.joined_on <= l.last_on
                and (t.left_on is null or t.left_on >= l.first_on))
            or exists (select 1 from accounts_team t where t.id = c.team_id and t.organisation_id = l.organisation_id)
            or exists (select 1 from plans_plan p join plans_planaction a on a.plan_id = p.id join accounts_user u on u.id = a.user_id
                where p.case_id = c.id and u.organisation_id = l.organisation_id and p.started_on <= l.last_on
                and (p.ended_on is null or p.ended_on >= l.first_on)
                and (a.created_at at time zone 'Europe/London')::date <= l.last_on and (a.done_on is null or a.done_on >= l.first_on)))
        union
        select a.family_id from panels_panelaction a join accounts_user u on u.id = a.owner_id
            join people_family f on f.id = a.family_id and f.area_id = any(areas)
            where u.organisation_id = l.organisation_id
            and (a.created_at at time zone 'Europe/London')::date <= l.last_on
            and (a.done_at is null or (a.done_at at time zone 'Europe/London')::date >= l.first_on)
    ), families as (
        select w.family_id from worked w where not exists (select 1 from named n where n.family_id = w.family_id)
            or exists (select 1 from named n where n.family_id = w.family_id and n.contract_id = l.contract_id)
    ), kept as (
        select p.cluster_id from people_person p left join people_membership m on m.person_id = p.id
        left join people_family f on f.id = m.family_id
        where p.cluster_id in (select q.cluster_id from people_person q join people_membership n on n.person_id = q.id
            join families x on x.family_id = n.family_id)
        group by p.cluster_id having bool_or(p.hidden or coalesce(m.hidden, false) or coalesce(f.restricted, false))
    )
    select coalesce(array_agg(distinct p.cluster_id), '{}') from families x join people_membership m on m.family_id = x.family_id
        and (m.from_on is null or m.from_on <= l.last_on) and (m.until_on is null or m.until_on >= l.first_on)
        join people_person p on p.id = m.person_id and p.birth_precision <> 'expected'
        where not exists (select 1 from kept k where k.cluster_id = p.cluster_id)
"""

# Whoever is on the provider's list of the same quarter for another contract, and not on this one, is that one's.
NOT_ANOTHERS = """select coalesce(array_agg(m), '{}') from unnest(mine) m where m = any(matched) or not exists (
        select 1 from returns_peoplematch x join returns_peoplelist y on y.id = x.people_id join returns_return z on z.id = y.owner_id
        where x.person_id = m and x.side = 'both' and z.organisation_id = l.organisation_id and z.quarter = l.quarter
            and z.contract_id <> l.contract_id)"""

# Another contract of the provider ran in one of the districts in those days: whoever is in casework alone may be of that one.
MAY_BE_ANOTHERS = """exists (select 1 from contracts_contract x join contracts_contractpart p on p.contract_id = x.id
        join accounts_area a on p.area_id is null or p.area_id = a.id or p.area_id = a.parent_id
        where x.provider_id = l.organisation_id and x.id <> l.contract_id and x.state <> 'draft' and a.id = any(areas)
            and x.starts_on <= l.last_on and x.ends_on >= l.first_on)"""
