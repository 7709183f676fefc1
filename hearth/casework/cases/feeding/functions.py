"""SQL of the function that gives the rows of the feed. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import READERS, gate_function

IDENTITY = "hearth_casework"  # the worker's identity: it may call this one function, and read no table
GIVES = (
    "table(case_reference text, person text, given_name text, family_name text, born_on date, sex text, postcode text, nhs_number text,"
    " upn text, role text, stage text, level text, opened_on date, closed_on date, agency text, lead_name text, lead_phone text,"
    " lead_email text, agencies text)"
)
# One row for a case and each of its family's people while it went on, by the first of their linked records. Whoever is restricted,
# is linked with somebody who is, or belongs or belonged to a restricted family, is left out here, whoever asks.
_ROWS = """
    with kept as (
        select p.cluster_id from people_person p left join people_membership m on m.person_id = p.id
        left join people_family f on f.id = m.family_id
        group by p.cluster_id having bool_or(p.hidden or coalesce(m.hidden, false) or coalesce(f.restricted, false))
    ), homes as (
        select distinct on (person_id) person_id, postcode from people_address
        order by person_id, (until_on is not null), coalesce(until_on, from_on) desc nulls last, id
    ), numbers as (
        select p.cluster_id, min(i.value) filter (where i.kind = 'nhs') as nhs, min(i.value) filter (where i.kind = 'upn') as upn
        from people_identifier i join people_person p on p.id = i.person_id where i.flag = '' and i.kind in ('nhs', 'upn')
        group by p.cluster_id
    ), teams as (
        select t.case_id, string_agg(distinct o.name, '; ' order by o.name) as agencies from cases_teammember t
        left join accounts_user u on u.id = t.user_id
        join accounts_organisation o on o.id = coalesce(t.organisation_id, u.organisation_id)
        where t.left_on is null group by t.case_id
    )
    select distinct on (c.reference, k.reference) c.reference::text, k.reference::text, k.given_name::text, k.family_name::text,
        case when k.birth_precision = 'full' then k.born_on end, nullif(k.sex, 'U')::text, h.postcode::text, n.nhs::text, n.upn::text,
        m.role::text, c.stage::text, c.level::text, c.opened_on, c.closed_on, o.name::text, u.full_name::text, u.phone::text,
        u.email::text, t.agencies
    from cases_case c join people_family f on f.id = c.family_id and not f.restricted
    join people_membership m on m.family_id = c.family_id
        and (m.from_on is null or m.from_on <= coalesce(c.closed_on, today)) and (m.until_on is null or m.until_on >= c.opened_on)
    join people_person p on p.id = m.person_id join people_person k on k.id = p.cluster_id
    left join homes h on h.person_id = k.id left join numbers n on n.cluster_id = k.id
    left join accounts_user u on u.id = c.lead_id and u.is_active
    left join accounts_organisation o on o.id = u.organisation_id left join teams t on t.case_id = c.id
    where not exists (select 1 from kept where kept.cluster_id = k.id) and k.name_supplied and k.birth_precision <> 'expected'
    order by c.reference, k.reference, (m.until_on is not null), m.until_on desc, m.id
"""


def functions() -> list[RunSQL]:
    """What the worker's identity may know of casework, and no reader."""
    return [
        RunSQL(
            f"""grant usage on schema public to {IDENTITY};
            grant select on cases_case, cases_teammember to hearth_gate;
            create policy feeds on cases_case for select to hearth_gate using (true);
            create policy feeds on cases_teammember for select to hearth_gate using (true);""",
            f"""drop policy feeds on cases_case; drop policy feeds on cases_teammember;
            revoke usage on schema public from {IDENTITY};""",
        ),
        gate_function("hearth_casework_rows(today date)", GIVES, _ROWS),
        RunSQL(
            f"revoke all on function hearth_casework_rows(date) from {READERS};"
            f"grant execute on function hearth_casework_rows(date) to {IDENTITY}",
            f"revoke all on function hearth_casework_rows(date) from {IDENTITY}",
        ),
    ]
