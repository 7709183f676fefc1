"""Information governance is told of families without a child on record too: retention never offers them either."""

from django.db import migrations

from hearth.foundation.core.policies import said_again
from hearth.oversight.governance.erasing.functions import GOVERNS
from hearth.oversight.governance.functions import births_unknown


class Migration(migrations.Migration):
    dependencies = [("governance", "0004_births_unknown")]
    operations = said_again(births_unknown(GOVERNS))
