"""A round takes applications, and is decided, by the database's own clock; it is decided once it takes no more."""

from django.db import migrations

from hearth.commissioning.procurement.grants.policies import by_the_databases_clock


class Migration(migrations.Migration):
    dependencies = [("grants", "0002_policies"), ("procurement", "0003_clock_and_telling")]
    operations = [*by_the_databases_clock()]
