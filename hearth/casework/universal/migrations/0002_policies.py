"""An organisation's own people read what it did, and whoever sees an area's work what was done there; others get sums only."""

from django.db import migrations

from hearth.casework.universal.functions import functions
from hearth.foundation.core.policies import READERS, events, gate_reads, protect

TABLE = "universal_universalactivity"
OWN = f"exists (select 1 from accounts_user u where u.id = hearth_reader() and u.organisation_id = {TABLE}.organisation_id)"
AREA = f"{TABLE}.area_id = any((select hearth_areas(hearth_reader(), 'see_team_work'))::uuid[])"
RECORDS = "(select hearth_holds(hearth_reader(), 'record_universal_activity'))"


class Migration(migrations.Migration):
    dependencies = [("universal", "0001_initial"), ("accounts", "0002_policies")]
    operations = [
        protect(
            TABLE, read=f"{OWN} or {AREA}", add=f"recorded_by_id = hearth_reader() and {OWN} and {RECORDS}", change=OWN
        ),
        # What was recorded stays as it was; it can only be taken back.
        migrations.RunSQL(
            f"revoke update on {TABLE} from {READERS}; grant update (withdrawn_at, withdrawn_by_id, withdrawn_why) on {TABLE} to {READERS};",
            f"grant update on {TABLE} to {READERS}",
        ),
        events("universal_universalactivityevent", TABLE),
        gate_reads(TABLE),
        *functions(),
    ]
