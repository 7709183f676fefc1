"""Who reads and writes rounds, applications and bids: an organisation its own, those who decide all, unless they have an interest."""

from django.db import migrations

from hearth.commissioning.procurement.grants.policies import bids, grants, reach


class Migration(migrations.Migration):
    dependencies = [("grants", "0001_initial"), ("needs", "0002_policies"), ("money", "0004_budget_policies")]
    operations = [*reach(), *grants(), *bids()]
