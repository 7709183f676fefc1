"""Who reads courses, bookings and training, how many seats a run has, and what the night finds and lets go of."""

from django.db import migrations

from hearth.oversight.quality.workforce import functions
from hearth.oversight.quality.workforce.policies import courses


class Migration(migrations.Migration):
    dependencies = [("workforce", "0001_initial"), ("accounts", "0006_who_keeps_the_ledger")]
    operations = [
        *functions.whose(),
        *courses(),
        *functions.seats(),
        *functions.at_night(),
        *functions.letting_go(),
    ]
