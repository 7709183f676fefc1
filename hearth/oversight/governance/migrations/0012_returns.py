"""Who was in a total of a provider's list goes with their family; the list itself names nobody of the register."""

from django.db import migrations

from hearth.oversight.governance.erasing.functions import rights


class Migration(migrations.Migration):
    dependencies = [("governance", "0010_purchases"), ("returns", "0002_policies")]
    operations = [*rights()]
