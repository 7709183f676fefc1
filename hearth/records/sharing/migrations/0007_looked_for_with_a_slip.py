"""A slip in what was typed does not hide from the safeguarding desk that somebody restricted was looked for."""

from django.db import migrations

from hearth.records.sharing.look_up.functions import note_functions


class Migration(migrations.Migration):
    dependencies = [("sharing", "0006_live_look_up"), ("people", "0015_look_up_in_loops")]
    operations = note_functions()
