"""An open case's number of children follows its family; those that are open are put right."""

from django.db import migrations

from hearth.casework.cases.functions import count_all, counting


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_children_counted"), ("people", "0008_numbers")]
    operations = [*count_all(), counting()]
