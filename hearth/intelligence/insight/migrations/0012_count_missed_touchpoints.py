"""Whoever sees counts reads how many missed each touchpoint, by a function of `system:measures`."""

from django.db import migrations

from hearth.foundation.core.policies import said_again
from hearth.intelligence.insight.touchpoints.functions import counts


class Migration(migrations.Migration):
    dependencies = [("insight", "0011_missed_touchpoints"), ("insight", "0006_measures")]
    operations = [*said_again(counts()[:1]), *counts()[1:]]
