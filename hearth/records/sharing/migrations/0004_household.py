"""Access follows the household: whoever is born or moves in is asked within four weeks, and a child decides from eighteen."""

from django.db import migrations

from hearth.records.sharing.functions import functions
from hearth.records.sharing.household.functions import household_triggers

GATE = ("hearth_basis", "hearth_held_basis", "hearth_realign(")


class Migration(migrations.Migration):
    dependencies = [("sharing", "0003_look_up"), ("people", "0007_home_since")]
    operations = [
        *(
            migrations.RunSQL(made.sql, migrations.RunSQL.noop)
            for made in functions()
            if any(f"function {name}" in str(made.sql) for name in GATE)
        ),
        household_triggers(),
    ]
