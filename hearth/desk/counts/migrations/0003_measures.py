"""Counts are made by `system:measures`, which sees keys, days and codes of what may be counted."""

from django.db import migrations

from hearth.desk.counts.functions import assessment_functions, district_functions, rights
from hearth.foundation.core.policies import said_again


class Migration(migrations.Migration):
    dependencies = [
        ("counts", "0002_assessments"),
        ("accounts", "0004_measures"),
        ("people", "0016_hidden_places"),
        ("cases", "0002_policies"),
        ("front_door", "0014_new_until_on_record"),
        ("assessments", "0003_typing"),
        ("steps", "0002_policies"),
    ]
    operations = [
        *rights(),
        *said_again([*district_functions(), *assessment_functions()]),
    ]
