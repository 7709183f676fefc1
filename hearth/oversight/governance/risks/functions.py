"""SQL of the risk log: who reads which risk, who somebody is by their roles, and what is late. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import gate_function, gate_reads
from hearth.oversight.governance.functions import reach_sql
from hearth.oversight.governance.risks.reach import ANSWERS, FUNCTION, KEEPS, SEES

READ = ("risks_risk", "risks_riskaction", "risks_riskescalation")
_ROLES = """
    select coalesce(array_agg(distinct p.role::text), '{}') from accounts_appointment p join accounts_user u on u.id = p.user_id
    where p.user_id = reader and u.is_active and p.ended_at is null
        and p.from_on <= current_date and (p.until_on is null or p.until_on >= current_date)
"""
# What is late, and in whose name it is reminded of: the owner of the risk, who reads it and everything that hangs from it.
_LATE = """
    select r.id, r.owner_id from risks_risk r where r.state = 'open' and (
        exists (select 1 from risks_riskaction a where a.risk_id = r.id and a.done_on is null and a.due_on < today)
        or exists (select 1 from risks_riskescalation e where e.risk_id = r.id and e.answered_at is null and e.due_on < today))
"""


def roles() -> list[RunSQL]:
    """hearth_roles: the roles that somebody holds today."""
    return [gate_function("hearth_roles(reader uuid)", "text[]", _ROLES)]


def reach() -> list[RunSQL]:
    """hearth_risks: which risks somebody reads, follows, keeps and answers; hearth_risks_late: of which something is late."""
    return [
        gate_reads(*READ),
        gate_function(f"{FUNCTION}(reader uuid, wanted text)", "uuid[]", reach_sql("risks_risk", SEES, KEEPS, ANSWERS)),
        gate_function("hearth_risks_late(today date)", "table (risk uuid, owner uuid)", _LATE),
    ]
