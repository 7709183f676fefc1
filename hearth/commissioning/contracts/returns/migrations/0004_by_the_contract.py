"""Whom a provider helped is counted by the contract; what was reversed is not paid."""

from django.db import migrations

from hearth.commissioning.contracts.returns.functions import again


class Migration(migrations.Migration):
    dependencies = [("returns", "0003_answers_and_shared"), ("contracts", "0005_reversal_policies")]
    operations = again()
