"""A budget's holder spends within it and reads nothing beside it; a purchase names nobody, and whose it is is read with the plan."""

from django.db import migrations

from hearth.foundation.core.policies import events, gate_reads
from hearth.records.money import functions, policies


class Migration(migrations.Migration):
    dependencies = [("money", "0003_budgets"), ("people", "0002_policies")]
    operations = [
        *functions.budgets(),
        *policies.budgets(),
        *policies.purchases(),
        events("money_budgetevent", "money_budget"),
        events("money_purchaseevent", "money_purchase"),
        gate_reads("money_budget"),  # again, for row security is on only now
    ]
