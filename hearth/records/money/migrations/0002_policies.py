"""The ledger holds itself: balanced, never edited, never below nothing; a district reads its share, the board all of it."""

from django.db import migrations

from hearth.foundation.core.policies import events
from hearth.records.money.functions import balance, holding, reach
from hearth.records.money.policies import ledger


class Migration(migrations.Migration):
    dependencies = [("money", "0001_initial"), ("accounts", "0002_policies")]
    operations = [*reach(), *balance(), *ledger(), *holding(), events("money_fundevent", "money_fund")]
