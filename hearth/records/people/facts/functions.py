"""SQL that tells of a number on two records. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import gate_function
from hearth.records.people.policies import may_open

# Of the numbers of somebody the reader may open: which another record has too that is nobody's secret. For the council's own
# people: a partner learns that somebody is known only where an agreement covers it, and then by the look-up.
_NUMBERS = f"""
    select distinct i.kind::text, i.value::text from people_identifier i
    join people_person p on p.id = i.person_id
    join people_identifier j on j.kind = i.kind and j.value = i.value and j.person_id <> i.person_id
    join people_person q on q.id = j.person_id and q.cluster_id <> p.cluster_id and not q.hidden
    where i.person_id = who and i.kind in ('nhs', 'upn')
    and (not p.hidden or p.id = any(hearth_allowed_people(hearth_reader())))
    and exists (select 1 from accounts_user u join accounts_organisation o on o.id = u.organisation_id and o.is_authority
        where u.id = hearth_reader() and u.is_active)
    and exists (select 1 from people_membership m join people_family f on f.id = m.family_id
        where m.person_id = q.id and not f.restricted)
    and exists (select 1 from people_membership m join people_family f on f.id = m.family_id
        where m.person_id = who and {may_open("f")})
"""


def number_functions() -> list[RunSQL]:
    """hearth_numbers_elsewhere: which of somebody's numbers are on another record too."""
    return [gate_function("hearth_numbers_elsewhere(who uuid)", "table(kind text, value text)", _NUMBERS)]
