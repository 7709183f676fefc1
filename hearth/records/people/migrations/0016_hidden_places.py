"""Who is restricted is found in families without reading everybody: the figures leave them out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0015_look_up_in_loops"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(condition=models.Q(("hidden", True)), fields=["family"], name="membership_hidden"),
        ),
    ]
