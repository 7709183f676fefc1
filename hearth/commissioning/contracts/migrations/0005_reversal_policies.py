"""A payment that was reversed in the ledger says so, and what it paid for may be paid again once. What all districts pay, each sees."""

from django.db import migrations

from hearth.commissioning.contracts.functions import reversed_once, seen_by_districts
from hearth.commissioning.contracts.policies import reversals, whole_parts


class Migration(migrations.Migration):
    dependencies = [("contracts", "0004_reversals"), ("money", "0006_budgets_change")]
    operations = [*reversals(), *reversed_once(), *seen_by_districts(), whole_parts()]
