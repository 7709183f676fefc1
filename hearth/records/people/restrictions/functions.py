"""SQL of the functions that keep `restricted`, `hidden` and `cluster_id` true, and that name a restricted record to those
who govern it and may open no family. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import gate_function

GOVERNS = "hearth_holds(hearth_reader(), 'govern_restricted')"
TOLD = "hearth_holds(hearth_reader(), 'told_of_restricted_searches')"

# All of these only write what follows from restrictions and links, so whoever calls them can do no more than make it true.
_CLUSTERED = """
    with recursive reached(id) as (
        select who
        union
        select case when l.one_id = r.id then l.other_id else l.one_id end
        from reached r join people_link l on l.undone_at is null and r.id in (l.one_id, l.other_id)
    )
    update people_person p set cluster_id = (select c.id from reached c order by c.id limit 1)
    from reached r where p.id = r.id and p.cluster_id is distinct from (select c.id from reached c order by c.id limit 1)
"""
_LIVE = "exists (select 1 from people_restriction x where x.{column} = {row} and x.lifted_at is null)"
_PERSONS = f"""
    update people_person p set
        restricted = {_LIVE.format(column="person_id", row="p.id")},
        hidden = exists (
            select 1 from people_person q join people_restriction x on x.person_id = q.id and x.lifted_at is null
            where q.cluster_id = p.cluster_id)
    where p.cluster_id = (select cluster_id from people_person where id = who)
"""
_MEMBERSHIPS = """
    update people_membership m set hidden = p.hidden from people_person p
    where p.id = m.person_id and m.hidden <> p.hidden
    and p.cluster_id = (select cluster_id from people_person where id = who)
"""
_FAMILY = f"""
    update people_family f set restricted = {_LIVE.format(column="family_id", row="f.id")}
    where f.id = which and f.restricted <> {_LIVE.format(column="family_id", row="f.id")}
"""


def asking_functions() -> list[RunSQL]:
    """hearth_governed_home: enough of a record for information governance to know that it is the one that was meant."""
    return [
        gate_function(
            "hearth_governed_home(wanted text)",
            "table(families text, people bigint, lead text)",
            f"""select string_agg(distinct f.name, ' and '), count(distinct everybody.person_id), min(u.full_name)
                from people_family f
                left join people_membership everybody on everybody.family_id = f.id and everybody.until_on is null
                left join people_access a on a.family_id = f.id and a.why = 'lead_practitioner'
                    and a.ended_at is null and (a.until_at is null or a.until_at > now())
                left join accounts_user u on u.id = a.user_id
                where {GOVERNS} and (f.reference = wanted or exists (
                    select 1 from people_membership m join people_person p on p.id = m.person_id
                    where m.family_id = f.id and m.until_on is null and p.reference = wanted))""",
        )
    ]


def functions() -> list[RunSQL]:
    """hearth_recluster, hearth_rehide and hearth_restrict_family keep columns true; hearth_governed and hearth_kept_apart name."""
    return [
        gate_function("hearth_recluster(who uuid)", "void", _CLUSTERED, volatility="volatile"),
        gate_function("hearth_rehide(who uuid)", "void", f"{_PERSONS}; {_MEMBERSHIPS}", volatility="volatile"),
        gate_function("hearth_restrict_family(which uuid)", "void", _FAMILY, volatility="volatile"),
        gate_function(
            "hearth_governed(wanted text)",
            "table(kind text, id uuid, reference text, name text, restricted boolean)",
            f"""select 'person', p.id, p.reference, trim(p.given_name || ' ' || p.family_name), p.restricted
                from people_person p where p.reference = wanted and {GOVERNS}
                union all
                select 'family', f.id, f.reference, f.name, f.restricted
                from people_family f where f.reference = wanted and {GOVERNS}""",
        ),
        gate_function(
            "hearth_kept_apart()",
            "table(kind text, id uuid, reference text, name text)",
            f"""select 'person', p.id, p.reference, trim(p.given_name || ' ' || p.family_name)
                from people_person p where ({GOVERNS} or {TOLD}) and (
                    exists (select 1 from people_restriction x where x.person_id = p.id)
                    or exists (select 1 from people_restrictedsearch s where s.person_id = p.id))
                union all
                select 'family', f.id, f.reference, f.name from people_family f
                where {GOVERNS} and exists (select 1 from people_restriction x where x.family_id = f.id)""",
        ),
        # Who could open the record until it was restricted: information governance chooses who still must.
        gate_function(
            "hearth_could_open(restriction uuid)",
            "table(user_id uuid, why text)",
            f"""select distinct a.user_id, a.why from people_restriction x
                join people_membership m on m.person_id = x.person_id or m.family_id = x.family_id
                join people_access a on a.family_id = m.family_id and a.user_id is not null
                where x.id = restriction and {GOVERNS} and a.ended_at is null
                and (a.until_at is null or a.until_at > now())""",
        ),
    ]


_KEPT = """
    select {what} from people_person p where p.hidden and not (p.id = any(hearth_allowed_people(reader)))
    union all
    select {family_what} from people_family f where f.restricted and not (f.id = any(hearth_allowed_families(reader)))
"""


def kept_functions() -> list[RunSQL]:
    """hearth_kept_from and hearth_kept_references: restricted people and families that a reader may not know of."""
    return [
        gate_function(
            "hearth_kept_from(reader uuid)",
            "uuid[]",
            f"select coalesce(array_agg(id), '{{}}') from ({_KEPT.format(what='p.id', family_what='f.id')}) kept(id)",
        ),
        gate_function(
            "hearth_kept_references(reader uuid)",
            "text[]",
            "select coalesce(array_agg(reference), '{}') from ("
            f"{_KEPT.format(what='p.reference::text', family_what='f.reference::text')}) kept(reference)",
        ),
    ]
