"""What somebody who is restricted decided is hidden with them, whoever it is about."""

from django.db import migrations

from hearth.foundation.core.policies import row_by_row
from hearth.records.people.policies import family_condition, person_condition

READ = f"{family_condition('sharing_consent')} and {person_condition('sharing_consent')}"
NOT_KEPT = "(decider_id is null or not decider_id = any((select hearth_kept_from(hearth_reader()))::uuid[]))"


class Migration(migrations.Migration):
    dependencies = [("sharing", "0007_looked_for_with_a_slip")]
    operations = [
        migrations.RunSQL(
            f"alter policy reads on sharing_consent using ({row_by_row(READ)} and {NOT_KEPT})",
            f"alter policy reads on sharing_consent using ({row_by_row(READ)})",
        ),
    ]
