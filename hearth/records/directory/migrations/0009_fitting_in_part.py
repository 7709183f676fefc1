"""The finder says of each service what of all that was asked it does not answer, and counts those that fit it all apart."""

from django.db import migrations
from django.db.migrations import RunSQL

from hearth.records.directory.finding.functions import finding_functions

*_, finds = finding_functions()


class Migration(migrations.Migration):
    dependencies = [("directory", "0008_spelling")]
    operations = [
        # It takes more, and gives more, than what an earlier migration made.
        RunSQL("drop function if exists hearth_find_services", RunSQL.noop),
        RunSQL(finds.sql, RunSQL.noop),
    ]
