"""A request that names people of a restricted family alone is in no figure, as their family is in none."""

from django.db import migrations

from hearth.desk.counts.functions import requests_in_no_figure
from hearth.foundation.core.policies import said_again


class Migration(migrations.Migration):
    dependencies = [("counts", "0003_measures")]
    operations = said_again(requests_in_no_figure())
