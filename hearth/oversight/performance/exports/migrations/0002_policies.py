"""Whoever asked for an export reads it; the gate gives rows of families of their areas; old files are let go."""

from django.db import migrations

from hearth.foundation.core.policies import gate_reads
from hearth.oversight.performance.exports.dataset.functions import dataset
from hearth.oversight.performance.exports.functions import lists
from hearth.oversight.performance.exports.policies import letting_go, tables


class Migration(migrations.Migration):
    dependencies = [
        ("exports", "0001_initial"), ("accounts", "0006_who_keeps_the_ledger"), ("people", "0015_look_up_in_loops"),
        ("cases", "0010_count_children"), ("steps", "0007_withdrawn_seen"), ("assessments", "0006_document_policies"),
        ("front_door", "0016_signs_of_danger_in_the_queue"), ("plans", "0005_document_policies"), ("programmes", "0002_policies"),
    ]  # fmt: skip
    operations = [
        *tables(),
        gate_reads("cases_teammember", "people_relationship", "programmes_namedneed"),
        *lists(),
        *dataset(),
        *letting_go(),
    ]
