"""Before a record is restricted, information governance is shown whose it is."""

from django.db import migrations

from hearth.records.people.restrictions.functions import asking_functions


class Migration(migrations.Migration):
    dependencies = [("people", "0010_the_list_of_cases")]
    operations = asking_functions()
