"""What was brought to panels goes with its family."""

from django.db import migrations

from hearth.oversight.governance.erasing.functions import rights


class Migration(migrations.Migration):
    dependencies = [("governance", "0007_unmet_needs"), ("panels", "0006_running_policies")]
    operations = [*rights()]
