"""An audit goes with the assessment that it is about: the eraser may read and delete it."""

from django.db import migrations

from hearth.oversight.governance.erasing.functions import rights


class Migration(migrations.Migration):
    dependencies = [("governance", "0010_purchases"), ("quality", "0002_policies")]
    operations = [*rights()]
