"""Volunteers asked for and chosen, visits and reviews go with the family they are about; who the volunteer was has its own time."""

from django.db import migrations

from hearth.oversight.governance.erasing.functions import rights


class Migration(migrations.Migration):
    dependencies = [("governance", "0011_what_has_come_since"), ("volunteers", "0002_policies")]
    operations = rights()
