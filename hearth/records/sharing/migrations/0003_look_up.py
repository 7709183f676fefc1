"""The live look-up."""

from django.db import migrations

from hearth.records.sharing.look_up.functions import functions


class Migration(migrations.Migration):
    dependencies = [("sharing", "0002_policies"), ("people", "0004_search_functions")]
    operations = functions()
