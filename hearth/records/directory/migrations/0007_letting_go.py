"""Counts of searches are kept no longer than the practice pack says."""

from django.db import migrations

from hearth.records.directory.finding.functions import letting_go


class Migration(migrations.Migration):
    dependencies = [("directory", "0006_finder_counts")]
    operations = letting_go()
