"""Of services that fit in part, the finder puts those first that lack least, however near the others are."""

from django.db import migrations
from django.db.migrations import RunSQL

from hearth.records.directory.finding.functions import finding_functions

*_, finds = finding_functions()


class Migration(migrations.Migration):
    dependencies = [("directory", "0009_fitting_in_part")]
    operations = [RunSQL(finds.sql, RunSQL.noop)]
