"""Of two words as near to what was typed, the finder takes the one that is not its beginning."""

from django.db import migrations
from django.db.migrations import RunSQL

from hearth.records.directory.finding.functions import finding_functions

spell = next(iter(finding_functions()))


class Migration(migrations.Migration):
    dependencies = [("directory", "0007_letting_go")]
    operations = [RunSQL(spell.sql, RunSQL.noop)]
