"""Who reads and keeps a strategy; progress, evidence and reports stand."""

from django.db import migrations

from hearth.oversight.governance.strategy import policies


class Migration(migrations.Migration):
    dependencies = [("strategy", "0001_initial"), ("money", "0004_budget_policies")]
    operations = policies.strategies()
