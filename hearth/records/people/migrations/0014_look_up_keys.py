"""The index of the look-up's keys, drawn when everybody is entered."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0013_look_up_entries")]
    operations = [
        migrations.AddIndex(
            model_name="lookupentry", index=GinIndex(fastupdate=False, fields=["keys"], name="look_up_keys")
        )
    ]
