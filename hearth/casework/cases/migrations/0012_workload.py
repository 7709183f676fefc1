"""Who carries how much, for whoever sees a team's work."""

from django.db import migrations

from hearth.casework.cases.workload.functions import workload


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_held_by_a_team")]
    operations = [workload()]
