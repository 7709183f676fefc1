"""The live look-up over keys and weights, in place of the one that compared words."""

from django.db import migrations

from hearth.records.sharing.look_up.functions import functions


class Migration(migrations.Migration):
    dependencies = [("sharing", "0005_once"), ("people", "0014_look_up_keys")]
    operations = functions(again=True)
