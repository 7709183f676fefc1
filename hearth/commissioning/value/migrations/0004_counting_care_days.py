"""Days in care are counted by Hearth, and recorded as it counted them."""

from django.db import migrations

from hearth.commissioning.value.investing.functions import as_at, as_counted, counting
from hearth.commissioning.value.policies import adds


class Migration(migrations.Migration):
    dependencies = [
        ("value", "0003_care_days_counted"),
        ("insight", "0017_care_policies"),
        ("returns", "0002_policies"),
    ]
    operations = [
        *counting(),
        as_counted(adds("value_caredays", "value_investment", "investment_id", "recorded_by_id")),
        as_at(),
    ]
