"""Unmet needs, and what was written of them, go with their family or their request."""

from django.db import migrations

from hearth.oversight.governance.erasing.functions import rights


class Migration(migrations.Migration):
    dependencies = [("governance", "0006_touchpoints"), ("unmet", "0002_policies")]
    operations = rights()
