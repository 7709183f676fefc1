"""What is made for every look-up is made in loops: the same keys, in a fraction of the time."""

from django.db import migrations

from hearth.records.people.search.entries.functions import PLAIN_WORDS
from hearth.records.people.search.likeness.functions import functions


class Migration(migrations.Migration):
    dependencies = [("people", "0014_look_up_keys")]
    operations = [
        migrations.RunSQL(PLAIN_WORDS, migrations.RunSQL.noop),
        *(migrations.RunSQL(made.sql, migrations.RunSQL.noop) for made in functions()),
    ]
