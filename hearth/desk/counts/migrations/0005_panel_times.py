"""How long panels take, counted by `system:measures`."""

from django.db import migrations

from hearth.desk.counts.functions import panel_functions, panel_rights


class Migration(migrations.Migration):
    dependencies = [("counts", "0004_of_a_restricted_family"), ("panels", "0014_unmet_policies")]
    operations = [*panel_rights(), *panel_functions()]
