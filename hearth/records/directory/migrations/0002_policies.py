"""Entries are public and written by stewards; providers confirm their own; what waits and what was read in is seen by whom it concerns."""

from django.db import migrations

from hearth.records.directory.policies import chasing, distances, public_tables, stewards_tables


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial"), ("accounts", "0002_policies")]
    operations = [*public_tables(), *stewards_tables(), *distances(), *chasing()]
