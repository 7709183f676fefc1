"""Who reads and keeps the risk log; what was assessed, answered and minuted stands."""

from django.db import migrations

from hearth.oversight.governance.risks import functions, policies


class Migration(migrations.Migration):
    dependencies = [("risks", "0001_initial"), ("money", "0004_budget_policies")]
    operations = [
        *functions.roles(),
        *functions.reach(),
        *policies.risks(),
        *policies.meetings(),
        *policies.history(),
        # Again, for row security is on only now.
        functions.gate_reads(*functions.READ),
    ]
