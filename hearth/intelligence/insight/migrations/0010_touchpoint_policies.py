"""A touchpoint fact is read by whoever may open the person's family for that kind of information; the worker's identity writes them."""

from django.db import migrations

from hearth.foundation.core.policies import gate_reads, protect
from hearth.intelligence.insight.policies import IDENTITY
from hearth.intelligence.insight.touchpoints.functions import functions
from hearth.intelligence.insight.touchpoints.policies import TOUCHPOINT_FACT

TABLE = "insight_touchpointfact"


class Migration(migrations.Migration):
    dependencies = [("insight", "0009_touchpoints"), ("people", "0005_kept_apart")]
    operations = [
        protect(TABLE, read=TOUCHPOINT_FACT, add="false", change="false"),
        gate_reads(TABLE),
        migrations.RunSQL(
            f"""grant select, insert, update, delete on {TABLE} to {IDENTITY};
            create policy works_out on {TABLE} for all to {IDENTITY} using (true) with check (true);
            grant select, delete on {TABLE} to hearth_gate;
            create policy erases on {TABLE} for delete to hearth_gate using (true)""",
            f"""drop policy erases on {TABLE}; revoke delete on {TABLE} from hearth_gate;
            drop policy works_out on {TABLE}; revoke all on {TABLE} from {IDENTITY}""",
        ),
        *functions(),
    ]
