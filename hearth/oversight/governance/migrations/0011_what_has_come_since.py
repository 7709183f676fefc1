"""Referrals to services, recorded touchpoints, audits, claimed outcomes and lists of returns go with the family they are about."""

from django.db import migrations

from hearth.oversight.governance.erasing.functions import rights


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0010_purchases"), ("plans", "0007_service_referral_policies"), ("insight", "0015_recorded_touchpoints"),
        ("quality", "0002_policies"), ("contracts", "0003_late"), ("returns", "0002_policies"), ("exports", "0002_policies"),
    ]  # fmt: skip
    operations = rights()
