"""Requests in hand are marked as what is to be passed on; and the agency's person marks one again by declining it."""

from django.db import migrations

from hearth.foundation.core.policies import gate_function
from hearth.records.people.policies import gate_changes

WAITS = """r.outcome = 'single_agency' and r.state in ('decided', 'told')
    and not exists (select 1 from front_door_passing p where p.request_id = r.id and p.ended_at is null)"""


class Migration(migrations.Migration):
    dependencies = [("front_door", "0010_to_pass_on"), ("people", "0004_search_functions")]
    operations = [
        migrations.RunSQL(f"update front_door_request r set to_pass_on = true where {WAITS}", migrations.RunSQL.noop),
        gate_changes("front_door_request", "front_door_requestevent"),
        # Whoever declined may not change the request. This only writes what follows from it and from its passings, so
        # whoever calls it can do no more than make it true.
        gate_function(
            "hearth_keep_to_pass_on(wanted uuid)",
            "void",
            f"""update front_door_request r set to_pass_on = {WAITS}
                where r.id = wanted and r.to_pass_on <> ({WAITS})""",
            volatility="volatile",
        ),
    ]
