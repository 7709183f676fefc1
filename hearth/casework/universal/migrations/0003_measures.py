"""Sums of what was done for everybody are made by `system:measures`: no word and nobody who recorded it."""

from django.db import migrations

from hearth.casework.universal.functions import functions
from hearth.foundation.core.policies import said_again


class Migration(migrations.Migration):
    dependencies = [("universal", "0002_policies"), ("accounts", "0004_measures")]
    operations = said_again(functions())
