"""SQL of members' requests: who reads which, and which are late. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import gate_function, gate_reads
from hearth.oversight.governance.functions import reach_sql
from hearth.oversight.governance.member_requests.reach import APPROVES, FUNCTION, KEEPS, SEES

READ = ("member_requests_memberrequest",)
# In whose name a reminder is sent: the owner of the request, who reads it.
_LATE = """
    select r.id, r.owner_id from member_requests_memberrequest r
    where r.state in ('open', 'written', 'approved') and r.due_on - before <= today
"""


def reach() -> list[RunSQL]:
    """hearth_member_requests: which requests somebody reads, answers, keeps and approves; hearth_member_requests_due: which are due."""
    return [
        gate_reads(*READ),
        gate_function(
            f"{FUNCTION}(reader uuid, wanted text)", "uuid[]", reach_sql("member_requests_memberrequest", SEES, KEEPS, APPROVES)
        ),
        gate_function("hearth_member_requests_due(today date, before integer)", "table (request uuid, owner uuid)", _LATE),
    ]  # fmt: skip
