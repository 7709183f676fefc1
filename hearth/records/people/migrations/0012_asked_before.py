"""Before a record is restricted, information governance is shown whose it is."""

from django.db import migrations

from hearth.records.people.restrictions.functions import asking_functions


class Migration(migrations.Migration):
    dependencies = [("people", "0011_names_in_order")]
    operations = asking_functions()
