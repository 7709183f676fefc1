"""The same number on two records is seen, even where only one of them may be opened."""

from django.db import migrations

from hearth.foundation.core.policies import gate_reads
from hearth.records.people.facts.functions import number_functions


class Migration(migrations.Migration):
    dependencies = [("people", "0007_home_since")]
    operations = [gate_reads("people_identifier"), *number_functions()]
