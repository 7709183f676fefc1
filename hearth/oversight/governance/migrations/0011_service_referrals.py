"""What a plan asked of services goes with its family."""

from django.db import migrations

from hearth.oversight.governance.erasing.functions import rights


class Migration(migrations.Migration):
    dependencies = [("governance", "0010_purchases"), ("plans", "0007_service_referral_policies")]
    operations = rights()
