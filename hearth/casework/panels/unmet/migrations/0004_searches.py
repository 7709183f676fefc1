"""Searches of the finder that had nothing to offer stand beside what was recorded."""

from django.db import migrations

from hearth.casework.panels.unmet.functions import searches


class Migration(migrations.Migration):
    dependencies = [("unmet", "0003_at_a_panel"), ("directory", "0006_finder_counts")]
    operations = searches()
