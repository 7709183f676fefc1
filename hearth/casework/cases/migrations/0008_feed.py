"""What the worker's identity for casework as a feed may know, and nobody else."""

from django.db import migrations

from hearth.casework.cases.feeding.functions import functions


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_taken_up_again"), ("people", "0008_numbers"), ("accounts", "0002_policies")]
    operations = [*functions()]
