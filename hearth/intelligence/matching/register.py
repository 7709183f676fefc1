"""Reads the register as `system:linkage`, which sees the columns that linking compares and nothing else of anybody."""

from collections.abc import Iterator
from typing import Any

from django.db import connections

from hearth.foundation.core.reader import System, acting_as

LINKAGE = System("system:linkage", "hearth_linkage")
SOURCE = "register"
# One record for all linked records of a person; its key is the cluster's, which is the key of one of them.
_PEOPLE = """
    with homes as (
        select distinct on (person_id) person_id, lines, postcode, uprn from people_address
        order by person_id, (until_on is not null), coalesce(until_on, from_on) desc nulls last, id
    ), numbers as (
        select p.cluster_id, min(i.value) filter (where i.kind = 'nhs') as nhs, min(i.value) filter (where i.kind = 'upn') as upn
        from people_identifier i join people_person p on p.id = i.person_id where i.flag = '' and i.kind in ('nhs', 'upn')
        group by p.cluster_id
    ), closed as (
        select p.cluster_id, bool_or(p.hidden or coalesce(f.restricted, false)) as hidden from people_person p
        left join people_membership m on m.person_id = p.id left join people_family f on f.id = m.family_id group by p.cluster_id
    )
    select distinct on (p.cluster_id) p.cluster_id::text, nullif(p.given_name, ''), nullif(p.family_name, ''),
        case p.birth_precision when 'full' then to_char(p.born_on, 'YYYY-MM-DD') when 'month' then to_char(p.born_on, 'YYYY-MM')
            when 'year' then to_char(p.born_on, 'YYYY') when 'estimated' then to_char(p.born_on, 'YYYY') end,
        nullif(p.sex, 'U'), nullif(h.lines, ''), nullif(h.postcode, ''), nullif(h.uprn, ''), n.nhs, n.upn, c.hidden
    from people_person p join closed c using (cluster_id) left join numbers n using (cluster_id)
    left join homes h on h.person_id = p.id
    where p.name_supplied and p.birth_precision <> 'expected'
    order by p.cluster_id, (p.id <> p.cluster_id), p.id
"""
NAMES = (
    "id", "given_name", "family_name", "birth_date", "sex", "address", "postcode", "uprn", "nhs_number", "upn", "hidden",
)  # fmt: skip
AT_ONCE = 20_000


def people_of_the_register(using: str = "default") -> Iterator[list[tuple[Any, ...]]]:
    """Everybody on the register, in batches of rows of NAMES. `hidden` ones are read to be kept out of all that is shown."""
    with acting_as(LINKAGE, using), connections[using].cursor() as cursor:
        cursor.execute(_PEOPLE)
        while rows := cursor.fetchmany(AT_ONCE):
            yield rows
