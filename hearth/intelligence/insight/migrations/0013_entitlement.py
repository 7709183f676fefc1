"""Places of early education, children eligible and children taking up, in figures that name nobody."""

from django.db import migrations, models

from hearth.foundation.core.policies import said_again
from hearth.intelligence.insight.entitlement.functions import figures, reads


class Migration(migrations.Migration):
    dependencies = [("insight", "0012_count_missed_touchpoints")]
    operations = [
        migrations.AddField(
            model_name="insightrun",
            name="entitlement",
            field=models.JSONField(
                default=dict,
                help_text="places of early education, eligible and taking up, by term, age and district; small ones left out",
            ),
        ),
        *said_again([reads()]),
        figures(),
    ]
