"""What something was worth is read in its district or by whoever reads all, written by those who value, and versions only ever added."""

from django.db import migrations

from hearth.commissioning.value.policies import values


class Migration(migrations.Migration):
    dependencies = [("value", "0001_initial"), ("money", "0004_budget_policies")]
    operations = values()
