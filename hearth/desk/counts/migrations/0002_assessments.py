"""Counts of assessments and of referrals to social care: sums and never a row."""

from django.db import migrations

from hearth.desk.counts.functions import assessment_functions
from hearth.foundation.core.policies import gate_reads


class Migration(migrations.Migration):
    dependencies = [
        ("counts", "0001_counts"),
        ("assessments", "0003_typing"),
        ("front_door", "0002_policies"),
        ("steps", "0002_policies"),
    ]
    operations = [gate_reads("steps_carestep"), *assessment_functions()]
