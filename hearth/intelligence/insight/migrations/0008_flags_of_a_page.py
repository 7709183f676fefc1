"""Flags of a page of families, and whether somebody is kept apart, planned once."""

from django.db import migrations

from hearth.foundation.core.policies import said_again
from hearth.intelligence.insight.functions import kept_apart, standing_flags


class Migration(migrations.Migration):
    dependencies = [("insight", "0007_engine_of_a_run")]
    operations = [*said_again(kept_apart()), standing_flags()]
