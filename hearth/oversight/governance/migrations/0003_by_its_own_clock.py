"""What deletes a record takes the database's own clock, and not a moment that its caller names."""

from django.db import migrations

from hearth.oversight.governance.erasing.functions import erase


class Migration(migrations.Migration):
    dependencies = [("governance", "0002_policies")]
    operations = erase()
