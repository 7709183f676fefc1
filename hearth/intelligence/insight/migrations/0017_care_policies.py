"""A time in care is read by whoever may open the person's family for that kind of information; the worker's identity writes them."""

from django.db import migrations

from hearth.intelligence.insight.care.functions import rows


class Migration(migrations.Migration):
    dependencies = [("insight", "0016_caretime"), ("people", "0005_kept_apart")]
    operations = rows()
