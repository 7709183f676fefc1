"""What is kept of somebody's time in care goes with them; and whatever else has come since."""

from django.db import migrations

from hearth.oversight.governance.erasing.functions import rights


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0012_volunteers"), ("insight", "0017_care_policies"), ("reports", "0002_policies"), ("workforce", "0006_supervision_policies"),
        ("value", "0004_counting_care_days"), ("returns", "0004_by_the_contract"), ("contracts", "0005_reversal_policies"),
    ]  # fmt: skip
    operations = rights()
