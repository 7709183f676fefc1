"""How many live in each district, for whoever sees needs side by side."""

from django.db import migrations

from hearth.commissioning.needs.functions import population


class Migration(migrations.Migration):
    dependencies = [("needs", "0002_policies"), ("insight", "0014_population")]
    operations = [*population()]
