"""Families of concern are counted by `system:measures`, which is told which of them to leave out and not why."""

from django.db import migrations

from hearth.foundation.core.policies import said_again
from hearth.intelligence.insight.functions import counts


class Migration(migrations.Migration):
    dependencies = [("insight", "0005_kept_apart_by_our_own_number"), ("accounts", "0004_measures")]
    operations = said_again(counts())
