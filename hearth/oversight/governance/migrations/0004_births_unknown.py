"""Information governance is told how many families retention never offers, as a child's day of birth is unknown."""

from django.db import migrations

from hearth.oversight.governance.erasing.functions import GOVERNS
from hearth.oversight.governance.functions import births_unknown


class Migration(migrations.Migration):
    dependencies = [("governance", "0003_by_its_own_clock")]
    operations = births_unknown(GOVERNS)
