"""How many people live in each district, as published: what figures of need are set against."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("insight", "0013_entitlement")]
    operations = [
        migrations.AddField(
            model_name="insightrun",
            name="population",
            field=models.JSONField(
                default=dict,
                help_text="people, those under 18 and those in the most deprived areas, by district, as published",
            ),
        ),
    ]
