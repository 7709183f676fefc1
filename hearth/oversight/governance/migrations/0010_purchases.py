"""For whom something was bought goes with its family; what was bought, and its money, stay and name nobody."""

from django.db import migrations

from hearth.oversight.governance.erasing.functions import rights


class Migration(migrations.Migration):
    dependencies = [("governance", "0009_questions"), ("money", "0004_budget_policies")]
    operations = [*rights()]
