"""That an answer was read and when help began can be written on an item that is there."""

from django.db import migrations

from hearth.foundation.core.policies import READERS

COLUMNS = "answer_read_at, first_help_on, first_help_by_id"


class Migration(migrations.Migration):
    dependencies = [("panels", "0007_after")]
    operations = [
        migrations.RunSQL(
            f"grant update ({COLUMNS}) on panels_panelitem to {READERS}",
            f"revoke update ({COLUMNS}) on panels_panelitem from {READERS}",
        ),
    ]
