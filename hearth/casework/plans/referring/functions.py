"""SQL of referrals to services: which ones are somebody's to answer. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.casework.plans.referring.reach import ANSWERS
from hearth.foundation.core.policies import gate_function

SEEN_FOR = "90 days"  # an answer that was given stays with whoever gave it so long

_REFERRED = f"""
    select coalesce(array_agg(distinct r.id), '{{}}') from plans_servicereferral r
        join accounts_user u on u.id = reader and u.is_active and u.organisation_id = r.agency_id
        join accounts_organisation o on o.id = r.agency_id
        join people_family f on f.id = r.family_id
        join accounts_appointment p on p.user_id = u.id and p.ended_at is null
            and p.from_on <= current_date and (p.until_on is null or p.until_on >= current_date)
        join accounts_rolepermission x on x.role = p.role and x.permission = '{ANSWERS}'
        join accounts_area a on a.id = f.area_id and (p.area_id is null or p.area_id in (a.id, a.parent_id))
        where r.status <> 'withdrawn' and (r.answered_at is null or r.answered_at > now() - interval '{SEEN_FOR}')
        and not coalesce(r.family_id = any(hearth_kept_from(reader)), false) and not (r.people && hearth_kept_from(reader))
        and (o.is_authority or exists (select 1 from hearth_basis(r.family_id, r.agency_id, 'early_help', current_date)))
"""


def reach() -> list[RunSQL]:
    """hearth_referred: referrals to services of the reader's organisation, in their district, on a consent or an agreement that holds."""
    return [gate_function("hearth_referred(reader uuid)", "uuid[]", _REFERRED)]
