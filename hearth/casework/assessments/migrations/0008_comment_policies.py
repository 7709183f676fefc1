"""A comment on a restricted child's page is hidden with the child, also from whoever may open the rest of the family."""

from django.db import migrations

from hearth.foundation.core.policies import row_by_row
from hearth.records.people.policies import family_condition, person_condition

TABLE = "assessments_sectioncomment"
FAMILY = row_by_row(family_condition(TABLE, category="assessment"))
SHOWN = row_by_row(
    f"(person_id is null or {person_condition(TABLE)}) and {family_condition(TABLE, category='assessment')}"
)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0007_comments_by_page")]
    operations = [
        migrations.RunSQL(
            f"alter policy reads on {TABLE} using ({SHOWN}); alter policy adds on {TABLE} with check ({SHOWN});",
            f"alter policy reads on {TABLE} using ({FAMILY}); alter policy adds on {TABLE} with check ({FAMILY});",
        )
    ]
