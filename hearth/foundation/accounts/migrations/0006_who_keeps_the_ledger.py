"""Who keeps the ledger is appointed by an administrator alone: the functions that say who may be given a role are made again."""

from django.db import migrations

from hearth.foundation.accounts.functions import management_functions
from hearth.foundation.core.policies import said_again


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_forgetting")]
    operations = [*said_again(management_functions())]
