"""Closed accounts are emptied of how their people were reached, when the practice pack says."""

from django.db import migrations

from hearth.foundation.accounts.functions import forgetting


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_measures")]
    operations = forgetting()
