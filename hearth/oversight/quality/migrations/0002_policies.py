"""Audits are read by whoever leads or grades them and, once sent, by the worker; an auditor opens a family for that alone, and no longer."""

from django.db import migrations

from hearth.foundation.core.policies import gate_reads
from hearth.oversight.quality.functions import counting, drawing, reading
from hearth.oversight.quality.policies import access, audits


class Migration(migrations.Migration):
    dependencies = [
        ("quality", "0001_initial"), ("accounts", "0004_measures"), ("people", "0017_lifted_because"), ("cases", "0002_policies"),
        ("assessments", "0003_typing"), ("front_door", "0002_policies"), ("sharing", "0001_initial"),
    ]  # fmt: skip
    # The gate looks for the words of a theme in what was written, and gives away only whether one is there.
    operations = [gate_reads("assessments_answer"), *reading(), *drawing(), *audits(), *access(), *counting()]
